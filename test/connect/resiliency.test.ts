import { resiliencyOf } from '../../lib/connect/resiliency';

const at = (location: string, device: string, parts: object = {}) => ({
  location,
  device,
  connection: `dxcon-${location}${device}`,
  hosted: false,
  ...parts,
});

// The three models of the Direct Connect Resiliency Toolkit, and the agreement's own percentages.
it.each([
  ['maximum', '99.99 %', [at('A', '1'), at('A', '2'), at('B', '1'), at('B', '2')], []],
  [
    'high',
    '99.9 %',
    [at('A', '1'), at('B', '1')],
    ['a second connection on another device at A', 'a second connection on another device at B'],
  ],
  ['high', '99.9 %', [at('A', '1'), at('A', '2'), at('B', '1')], ['a second connection on another device at B']],
  [
    'high',
    '99.9 %',
    [at('A', '1'), at('B', '1'), at('C', '1')],
    ['a second connection on another device at A', 'a second connection on another device at B'],
  ],
  ['development', '95 %', [at('A', '1'), at('A', '2')], ['a connection at a second location']],
  ['single', '95 %', [at('A', '1')], ['a connection at a second location']],
  [
    'single',
    '95 %',
    [at('A', '1'), at('A', '1', { connection: 'dxcon-other' })],
    ['a connection at a second location'],
  ],
  ['none', 'none', [], ['a virtual interface on a connection']],
] as const)('%s, %s: %j', (model, level, interfaces, lacks) => {
  const resiliency = resiliencyOf(interfaces);
  expect(resiliency).toMatchObject({ model, lacks });
  expect(resiliency.serviceLevel).toContain(level);
});

it('counts no hosted connection: they have no agreement', () => {
  expect(resiliencyOf([at('A', '1'), at('B', '1', { hosted: true })])).toMatchObject({
    model: 'single',
    lacks: ['dedicated connections: 1 hosted one counts for no agreement', 'a connection at a second location'],
  });
  expect(resiliencyOf([at('A', '1', { hosted: true })]).serviceLevel).toBe('none: hosted connections only');
});

it('takes connections of which nobody says the device for several', () => {
  const two = ['dxcon-1', 'dxcon-2'].map((connection) => ({
    location: 'A',
    connection,
    device: undefined,
    hosted: false,
  }));
  expect(resiliencyOf(two).model).toBe('development');
});
