import { groupDigits, renderTable } from '../../lib/foundation/table';

test('aligns words to the left and numbers to the right', () => {
  expect(
    renderTable(
      ['tier', 'total'],
      [
        ['app', 4096],
        ['public', 256],
      ],
    ),
  ).toBe(['tier    total', '------  -----', 'app     4,096', 'public    256'].join('\n'));
});

test('a table without rows is its heading', () => {
  expect(renderTable(['tier', 'total'], [])).toBe('tier  total\n----  -----');
});

test('digits are grouped', () => {
  expect([0, 999, 1000, 65536].map(groupDigits)).toEqual(['0', '999', '1,000', '65,536']);
});
