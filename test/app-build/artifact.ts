import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The files of a folder that a buildspec's `artifacts: files` names, in CodeBuild's way of writing them.
 *
 * @throws {Error} for a pattern that is not understood here, and for one that names nothing, at which CodeBuild fails, too
 */
export function artifactFiles(folder: string, patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => {
    const whole = /^([^*]+)\/\*\*\/\*$/.exec(pattern)?.[1];
    if (whole === undefined && pattern.includes('*')) throw new Error(`artifacts: ${pattern} is not understood here`);
    const found = whole === undefined ? single(folder, pattern) : filesBelow(folder, whole);
    if (found.length === 0) throw new Error(`artifacts: ${pattern} names no file`);
    return found;
  });
}

export function copyFiles(files: readonly string[], from: string, to: string): void {
  for (const file of files) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file));
  }
}

/** What a bundle for Elastic Beanstalk must hold, and what must not leave the build. */
export function bundleFaults(files: readonly string[]): string[] {
  const needed = ['composer.json', 'public/index.php', 'src/App.php', 'vendor/autoload.php'];
  const unwanted = /^(tests\/|build\/|buildspec|phpunit|\.git|reports\/|README)/;
  return [
    ...needed.filter((file) => !files.includes(file)).map((file) => `${file} is not in the bundle`),
    ...files.filter((file) => unwanted.test(file)).map((file) => `${file} is in the bundle`),
  ];
}

function single(folder: string, file: string): string[] {
  return existsSync(join(folder, file)) && statSync(join(folder, file)).isFile() ? [file] : [];
}

function filesBelow(folder: string, below: string): string[] {
  if (!existsSync(join(folder, below))) return [];
  return readdirSync(join(folder, below), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
