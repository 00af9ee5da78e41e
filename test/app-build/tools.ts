import { spawnSync } from 'node:child_process';

/** What has to be on the machine, and how one asks each for its release. */
const TOOLS = {
  php: ['php', '--version'],
  composer: ['composer', '--version', '--no-ansi'],
  phpunit: ['phpunit', '--version'],
  zip: ['zip', '--version'],
  unzip: ['unzip', '-v'],
} as const;

export interface Tools {
  /** As in 8.2. */
  readonly phpVersion: string;
  /** A line each, for the record. */
  readonly releases: readonly string[];
}

/** The tools, or the names of those that are missing. */
export function findTools(): Tools | { readonly missing: readonly string[] } {
  const answers = Object.entries(TOOLS).map(([name, [command, ...args]]) => {
    const { status, stdout } = spawnSync(command, args, {
      encoding: 'utf8',
      env: { ...process.env, COMPOSER_ALLOW_SUPERUSER: '1' },
    });
    return { name, release: status === 0 ? (stdout.trim().split('\n', 1)[0] ?? '') : undefined };
  });
  const missing = answers.filter(({ release }) => release === undefined).map(({ name }) => name);
  const extensions = missing.includes('php') ? [] : missingExtensions();
  if (missing.length + extensions.length > 0) return { missing: [...missing, ...extensions] };
  const { stdout } = spawnSync('php', ['-r', 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;'], { encoding: 'utf8' });
  return { phpVersion: stdout, releases: answers.slice(0, 3).map(({ release }) => release ?? '') };
}

/** Of those that PHPUnit and the application need, and that Debian packages by themselves. */
function missingExtensions(): string[] {
  const { stdout } = spawnSync('php', ['-m'], { encoding: 'utf8' });
  const loaded = stdout.toLowerCase().split('\n');
  return ['curl', 'dom', 'xml'].filter((name) => !loaded.includes(name)).map((name) => `php-${name}`);
}
