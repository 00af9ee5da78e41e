#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { environments } from '../lib/environments';
import { selectOne } from '../lib/environments/select';
import { validateEnvironments } from '../lib/environments/validate';
import { explainRequest } from '../lib/firewall/explain-request';
import { showAnswer, showRules } from '../lib/firewall/firewall-text';
import { firewallWarnings } from '../lib/firewall/firewall-warnings';
import { inOrder } from '../lib/firewall/rule-order';
import { webRequestSchema } from '../lib/firewall/web-request';
import { runCommand, UsageError } from '../lib/foundation/command';
import { readJson } from '../lib/foundation/files';
import { formatProblem, throwIfAny } from '../lib/foundation/problem';
import { shapeProblems } from '../lib/foundation/settings';

const HELP = `The rules of an environment's firewall, in the order in which they are evaluated.

  firewall explain ENVIRONMENT                   the rules: priority, action, capacity units (WCU), running total
  firewall explain ENVIRONMENT --request FILE    which of them decides on a request, and why; - reads standard input

Options
  --json                                         for programs
  --help

A request is a JSON file; only address is needed:
  { "address": "198.51.100.7", "country": "JP", "method": "POST", "path": "/admin?x=1", "headers": { "cookie": "a=b" },
    "sizes": { "uri": 6, "query": 3, "body": 100, "cookie": 3 }, "requestsInWindow": 10 }
requestsInWindow stands for the window of every rate limit.
What the groups that AWS manages would say is not known here, and shown as "asks AWS".

Exit codes: 0 done, 1 bad input, 2 wrong usage.
`;

export function main(args: string[]): number {
  if (args.some((arg) => arg === '--help' || arg === '-h') || args[0] === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const { values, positionals } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false }, request: { type: 'string' } },
    allowPositionals: true,
  });
  const [command, wanted, ...others] = positionals;
  if (command === undefined) throw new UsageError('say what to do: explain');
  if (command !== 'explain') throw new UsageError(`there is no command "${command}": explain`);
  if (wanted === undefined || others.length > 0) throw new UsageError('explain takes the name of one environment');
  explain(wanted, values.request, values.json);
  return 0;
}

function explain(wanted: string, requestFile: string | undefined, json: boolean): void {
  const environment = selectOne(validateEnvironments(environments), wanted, 'explain');
  const { name, firewall } = environment;
  if (firewall === undefined) {
    throwIfAny([
      { path: `${name}.firewall`, reason: 'is missing', remedy: 'give it rules, or name another environment' },
    ]);
    return;
  }
  const rules = inOrder(firewall.rules);
  if (requestFile !== undefined) {
    const raw = readJson(requestFile, '--request');
    throwIfAny(shapeProblems(webRequestSchema, raw, 'request'));
    const answer = explainRequest(rules, webRequestSchema.parse(raw));
    print(json ? toJson(answer) : showAnswer(answer));
    return;
  }
  for (const warning of firewallWarnings(firewall, name)) process.stderr.write(`warning: ${formatProblem(warning)}\n`);
  const listed = rules.map(({ rule, priority, wcu, runningWcu }) => ({ priority, wcu, runningWcu, ...rule }));
  print(json ? toJson({ rules: listed, wcu: rules.at(-1)?.runningWcu ?? 0 }) : showRules(rules));
}

function toJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (require.main === module) void runCommand('firewall', main);
