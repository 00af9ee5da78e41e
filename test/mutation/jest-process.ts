import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Answer, Question } from './kept-jest';

/** Jest keeps something of each run; after some hundred, a process collects garbage most of the time. */
const MOST_RUNS = 100;

/** A kept process that answers questions one at a time, and is replaced when it does not answer in time. */
export class JestProcess {
  private child: ChildProcess | undefined;
  private runs = 0;

  /** @param temporary what it has for the temporary directory */
  constructor(private readonly temporary: string) {}

  /** @returns undefined if there was no answer within so many milliseconds */
  ask(question: Question, milliseconds: number): Promise<Answer | undefined> {
    const child = (this.child ??= this.start());
    return new Promise((resolve) => {
      const end = (found: Answer | undefined): void => {
        clearTimeout(timer);
        child.removeAllListeners('message').removeAllListeners('exit');
        this.runs += 1;
        if (found === undefined || this.runs >= MOST_RUNS) this.stop();
        resolve(found);
      };
      const timer = setTimeout(end, milliseconds, undefined);
      child.once('message', (message) => {
        end(message as Answer);
      });
      child.once('exit', () => {
        end(undefined);
      });
      child.send(question);
    });
  }

  stop(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
    this.runs = 0;
  }

  private start(): ChildProcess {
    // What tests and mutants print is nobody's news.
    return fork(join(__dirname, 'kept-jest.ts'), [], {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, TMPDIR: this.temporary },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  }
}
