import type { Environment } from '../../lib/environments/schema';
import { selectEnvironments } from '../../lib/environments/select';

const ALL = [{ name: 'dev' }, { name: 'prod' }] as Environment[];

function names(wanted: unknown): string[] {
  return selectEnvironments(ALL, wanted).map(({ name }) => name);
}

test.each([
  [undefined, ['dev', 'prod']],
  ['dev', ['dev']],
  ['prod', ['prod']],
  ['prod,dev', ['dev', 'prod']],
  [' prod , ', ['prod']],
])('-c environments=%p', (wanted, selected) => {
  expect(names(wanted)).toEqual(selected);
});

test('an unknown name is an error that lists the known ones', () => {
  expect(() => names('dve')).toThrow(
    '-c environments: "dve" is not an environment; did you mean "dev"? Known: dev, prod',
  );
  expect(() => names('staging,test')).toThrow(
    '-c environments: "staging" is not an environment; use one of: dev, prod\n' +
      '-c environments: "test" is not an environment; use one of: dev, prod',
  );
});

test.each(['', ' ', ',', true, 3])('%p names no environment', (wanted) => {
  expect(() => names(wanted)).toThrow(/^-c environments: /);
});
