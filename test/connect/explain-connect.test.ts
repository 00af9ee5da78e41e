import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectSchema } from '../../lib/connect/connect-settings';
import { drawConnect } from '../../lib/connect/connect-svg';
import { showConnect } from '../../lib/connect/connect-text';
import { explainConnect } from '../../lib/connect/explain-connect';
import { prod } from '../../lib/environments/prod';
import { ROOT } from '../support/run';
import { connect, NETWORK, OSAKA, TOKYO } from './support';

const explain = (changes: object = {}) => explainConnect('prod', connect(changes), NETWORK);

it('says who wins, why, and what is left of each failure', () => {
  expect(showConnect(explain())).toMatchSnapshot();
});

it.each<[string, object]>([
  [
    'ASYMMETRICAL: out over tokyo, back over osaka, tokyo',
    {
      interfaces: [
        { ...TOKYO, preference: 'medium' },
        { ...OSAKA, preference: 'medium' },
      ],
    },
  ],
  [
    'osaka, tokyo, spread: one flow may go and come back differently',
    {
      interfaces: [
        { ...TOKYO, preference: 'low' },
        { ...OSAKA, prepend: 0 },
      ],
    },
  ],
  ['BROKEN: on-premises knows no way back', { allowedPrefixes: ['10.1.0.0/17'], vpn: undefined }],
  ['BROKEN: AWS knows no way there', { interfaces: [], vpn: undefined }],
  [
    '192.168.0.0/16 over tokyo, but for 192.168.7.0/24',
    { interfaces: [TOKYO, { ...OSAKA, announces: ['192.168.7.0/24'] }] },
  ],
  [
    'a transit gateway takes a static VPN first',
    { gateway: 'transit', vpn: { address: '8.8.8.8', routing: 'static' } },
  ],
])('says %j', (text, changes) => {
  expect(showConnect(explain(changes))).toContain(text);
});

it('names in each failure where other blocks go other ways', () => {
  const { failures } = explain({ interfaces: [TOKYO, { ...OSAKA, announces: ['192.168.0.0/16'] }], vpn: undefined });
  const tokyo = failures.find(({ fails }) => fails === 'interface tokyo');
  expect(tokyo?.trips.map(({ onPremises, verdict }) => [onPremises, verdict])).toEqual([
    ['192.168.0.0/16', 'symmetrical'],
    ['172.16.0.0/12', 'broken'],
  ]);
});

describe('the picture', () => {
  it('in the docs is that of prod as it is', () => {
    // Otherwise: npm run -s connect -- explain prod --svg docs/pictures/prod-connect.svg
    if (prod.connect === undefined) throw new Error('prod has no connect');
    const svg = drawConnect(
      explainConnect('prod', connectSchema.parse(prod.connect), {
        cidr: prod.network.cidr,
        onPremises: prod.network.onPremises ?? [],
      }),
    );
    expect(svg).toBe(readFileSync(join(ROOT, 'docs/pictures/prod-connect.svg'), 'utf8'));
  });

  it('shows every path, how it stands, and both sides', () => {
    const svg = drawConnect(explain());
    for (const text of [
      'tokyo: used',
      'osaka: standing by',
      'vpn-2: standing by',
      'AS 65000',
      '172.16.0.0/12',
      'preference high (7224:7300)',
      'Resiliency: high',
    ]) {
      expect(svg).toContain(text);
    }
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(2);
  });

  it('says what is spread', () => {
    expect(
      drawConnect(
        explain({
          interfaces: [
            { ...TOKYO, preference: 'low' },
            { ...OSAKA, prepend: 0 },
          ],
        }),
      ),
    ).toContain('tokyo: spread');
  });

  it('folds long lists', () => {
    const onPremises = Array.from({ length: 9 }, (_, index) => `172.16.${index}.0/24`);
    const svg = drawConnect(
      explainConnect('prod', connect({ interfaces: [{ ...TOKYO, name: 'x' }], vpn: undefined }), {
        ...NETWORK,
        onPremises,
      }),
    );
    expect(svg).toContain('and 6 more');
  });
});
