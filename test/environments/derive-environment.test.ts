import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environments } from '../../lib/environments';
import { addToIndex, constantName, deriveEnvironment } from '../../lib/environments/derive-environment';

const FOLDER = join(__dirname, '../../lib/environments');
const NEW = { name: 'blue-green', cidr: '10.9.0.0/16' };

function derive(source: string): string {
  return deriveEnvironment(source, 'dev.ts', NEW);
}

const SOURCE = `import type { EnvironmentInput } from './schema';

/** name: 'dev', cidr: '10.0.0.0/16' */
export const dev: EnvironmentInput = {
  name: 'dev', // not 'dev'
  region: 'ap-northeast-1',
  web: { name: 'dev', cidr: '10.0.0.0/16' },
  "network": {
    tiers: [{ name: 'dev', cidr: '10.0.0.0/16' }],
    cidr: "10.0.0.0/16",
  },
};
`;

test('only the constant, the name and the block are replaced, whatever looks like them', () => {
  const changed = derive(SOURCE).split('\n');
  const differing = SOURCE.split('\n').flatMap((line, index) => (line === changed[index] ? [] : [changed[index]]));
  expect(differing).toEqual([
    'export const blueGreen: EnvironmentInput = {',
    "  name: 'blue-green', // not 'dev'",
    "    cidr: '10.9.0.0/16',",
  ]);
  expect(changed).toHaveLength(SOURCE.split('\n').length);
});

test.each<[string, string]>([
  ['nothing exported', SOURCE.replace('export ', '')],
  ['two constants', `${SOURCE}export const other = 1;\n`],
  ['a name that is computed', SOURCE.replace("name: 'dev', //", 'name: NAME, //')],
  ['no network', SOURCE.replace('"network"', '"net"')],
  ['a block that is computed', SOURCE.replace('cidr: "10.0.0.0/16"', 'cidr: BLOCK')],
  [
    'a network that something is spread into',
    SOURCE.replace('"network": {', '"network": { ...shared,').replace('network: {', 'network: { ...shared,'),
  ],
  ['a constant that is named again', `${SOURCE}export default dev;\n`],
  ['no TypeScript', '}{'],
])('%s cannot be derived from', (_, source) => {
  expect(() => derive(source)).toThrow(
    'dev.ts: does not export one constant, named nowhere else in the file, with name and network.cidr written out; derive from another environment, or copy this one by hand',
  );
});

const INDEX = `import { dev } from './dev';
import { prod } from './prod';
import type { EnvironmentInput } from './schema';

export const environments: readonly EnvironmentInput[] = [dev, prod];
`;

test.each<[string, number, string]>([
  ['alpha', 0, 'alpha'],
  ['next', 1, 'next'],
  ['staging', 3, 'staging'],
  ['pre-prod', 1, 'preProd'],
  ['default', 0, 'defaultEnvironment'],
])('%s is imported in its place, and is the last of the list', (name, place, constant) => {
  const lines = addToIndex(INDEX, 'index.ts', name).split('\n');
  expect(lines[place]).toBe(`import { ${constant} } from './${name}';`);
  expect(lines.at(-2)).toBe(`export const environments: readonly EnvironmentInput[] = [dev, prod, ${constant}];`);
  expect(lines).toHaveLength(INDEX.split('\n').length + 1);
});

test.each<[string, string, string]>([
  ['no list', INDEX.replace('environments:', 'all:'), 'index.ts: has no list named environments; '],
  ['a list that is computed', INDEX.replace('[dev, prod]', 'all()'), 'index.ts: has no list named environments; '],
  [
    'a constant that is taken',
    INDEX.replace('{ dev }', '{ blueGreen }'),
    'index.ts: already imports a constant blueGreen',
  ],
])('%s is refused', (_, index, message) => {
  expect(() => addToIndex(index, 'index.ts', 'blue-green')).toThrow(message);
});

test('an empty list gets its first', () => {
  expect(addToIndex('export const environments = [];\n', 'index.ts', 'one')).toContain('environments = [one];');
});

test.each([
  ['dev', 'dev'],
  ['blue-green-2', 'blueGreen2'],
  ['class', 'classEnvironment'],
  ['eval', 'evalEnvironment'],
  ['arguments', 'argumentsEnvironment'],
  ['environments', 'environmentsEnvironment'],
])('%s is the constant %s', (name, constant) => {
  expect(constantName(name)).toBe(constant);
});

test('the files of this repository can be derived from', () => {
  for (const { name } of environments) {
    const source = readFileSync(join(FOLDER, `${name}.ts`), 'utf8');
    expect(derive(source)).toContain("name: 'blue-green',");
  }
});
