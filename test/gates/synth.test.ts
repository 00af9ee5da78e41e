import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import packageJson from '../../package.json';
import { environments } from '../../lib/environments';
import { runCdk } from '../support/run';

test('npm run synth with the name of a stack prints its template, and no other stack’s', async () => {
  const [first] = environments;
  if (first?.web === undefined) throw new Error('no environment with a web site');
  const folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
  try {
    const [program, ...args] = packageJson.scripts.synth.split(' ');
    expect({ program, args }).toEqual({
      program: 'cdk',
      args: expect.arrayContaining(['synth', '--strict']) as unknown,
    });
    // Web depends on other stacks, which the CLI would select with it, and then print none.
    const stack = `${first.name}-Web`;
    const { code, stdout } = await runCdk([...args, '--output', folder, stack]);
    expect(code).toBe(0);
    const written = JSON.parse(readFileSync(join(folder, `${stack}.template.json`), 'utf8')) as { Resources: object };
    const printed = parse(stdout) as { Resources: object };
    expect(Object.keys(printed.Resources)).toEqual(Object.keys(written.Resources));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 180_000);
