import { UsageError } from '../../lib/foundation/command';
import { readDeployArguments } from '../../lib/preflight/deploy-arguments';
import { selectStacks } from '../../lib/preflight/select-stacks';

const STACKS = [
  { name: 'dev-Network', dependsOn: [] },
  { name: 'dev-Stream', dependsOn: [] },
  { name: 'dev-Web', dependsOn: ['dev-Network'] },
  { name: 'dev-Delivery', dependsOn: ['dev-Web'] },
  { name: 'prod-Network', dependsOn: [] },
  { name: 'prod-Web', dependsOn: ['prod-Network'] },
];

const select = (...args: string[]): string[] => selectStacks(STACKS, readDeployArguments(args)).map(({ name }) => name);

test.each([
  [['dev-Network'], ['dev-Network']],
  [
    ['dev-Stream', 'dev-Network'],
    ['dev-Network', 'dev-Stream'],
  ],
  [['dev-Delivery'], ['dev-Network', 'dev-Web', 'dev-Delivery']],
  [['dev-Delivery', '--exclusively'], ['dev-Delivery']],
  [
    ['-e', 'dev-Web', 'prod-Web'],
    ['dev-Web', 'prod-Web'],
  ],
  [['prod-*'], ['prod-Network', 'prod-Web']],
  [
    ['*-Web', '-e'],
    ['dev-Web', 'prod-Web'],
  ],
  [['{dev,prod}-Network'], ['dev-Network', 'prod-Network']],
  [
    ['**', '!dev-*'],
    ['prod-Network', 'prod-Web'],
  ],
  [['!dev-*'], ['prod-Network', 'prod-Web']],
  [['--all'], STACKS.map(({ name }) => name)],
  [['dev-Nothing', '--ignore-no-stacks'], []],
])('%j', (args, names) => {
  expect(select(...args)).toEqual(names);
});

test('every unknown one is named, with the one that was probably meant', () => {
  expect(() => select('dev-Netwrk', 'dev-Web', 'staging-*')).toThrow(
    [
      'deploy: "dev-Netwrk" is not a stack; did you mean "dev-Network"? Known: dev-Network, dev-Stream, dev-Web, dev-Delivery, prod-Network, prod-Web',
      'deploy: "staging-*" matches no stack; use one of: dev-Network, dev-Stream, dev-Web, dev-Delivery, prod-Network, prod-Web',
    ].join('\n'),
  );
});

test('none at all is wrong usage', () => {
  expect(() => select('--require-approval', 'never')).toThrow(UsageError);
});
