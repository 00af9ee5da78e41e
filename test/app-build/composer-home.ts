import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = 'https://repo.packagist.org/packages.json';
const PATIENCE_MS = 5000;

/** Packages of the application that stand in for those of Composer's repository where that cannot be reached. */
const STAND_INS = [
  { name: 'aws/aws-sdk-php', version: '3.300.0' },
  { name: 'phpunit/phpunit', version: '9.6.0' },
];

export async function isRepositoryReachable(): Promise<boolean> {
  try {
    const { ok } = await fetch(REPOSITORY, { method: 'HEAD', signal: AbortSignal.timeout(PATIENCE_MS) });
    return ok;
  } catch {
    return false;
  }
}

/**
 * Configures Composer for a machine without its repository: it installs empty packages of the right names, for real. The tests
 * then run with the machine's own PHPUnit, and the SDK is what the tests' stub makes of it.
 */
export function writeStandIns(composerHome: string): void {
  const folder = join(composerHome, 'packages');
  for (const { name, version } of STAND_INS) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'composer.json'), JSON.stringify({ name, version, description: 'Stand-in' }));
  }
  const repositories = [
    { type: 'path', url: join(folder, '*/*'), options: { symlink: false } },
    { 'packagist.org': false },
  ];
  writeFileSync(join(composerHome, 'config.json'), JSON.stringify({ repositories }));
}
