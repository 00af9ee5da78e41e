import { main } from '../../bin/add-environment';
import { environments } from '../../lib/environments';
import { call } from '../support/call';
import type { Finished } from '../support/run';

const [FIRST] = environments.map(({ name }) => name);
const add = (...args: string[]): Promise<Finished> => call('add-environment', main, args);

// What it writes, test/environments and test/walk look at: here it would write into this repository.
test('a request that cannot be met: exit code 1, every reason', async () => {
  const { code, stdout, stderr } = await add(FIRST ?? '', '--from', 'atlantis', '--cidr', '10.2.0.0/16');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.split('\n')).toEqual([
    `name: "${FIRST}" is an environment already; choose another name`,
    expect.stringMatching(/^--from: "atlantis" is not an environment; use one of: /),
    '',
  ]);
});

test.each([[[]], [['staging']], [['staging', '--from', 'dev']], [['staging', '--cidr', '10.2.0.0/16']]])(
  '%p: wrong usage, exit code 2',
  async (args) => {
    const { code, stdout, stderr } = await add(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^add-environment: .* \(see add-environment --help\)\n$/);
  },
);

test('--help', async () => {
  const { code, stdout } = await add('--help');
  expect(code).toBe(0);
  expect(stdout).toContain('--from <environment>');
});
