#!/usr/bin/env node
import { environments } from '../lib/environments';
import { lookUp } from '../lib/environments/look-up';
import { explainRequest } from '../lib/firewall/explain-request';
import { showAnswer, showRules } from '../lib/firewall/firewall-text';
import { firewallWarnings } from '../lib/firewall/firewall-warnings';
import { inOrder } from '../lib/firewall/rule-order';
import { webRequestSchema } from '../lib/firewall/web-request';
import { command, follow, runCommand, type BuildCommand, type Main } from '../lib/foundation/command';
import { readJson } from '../lib/foundation/files';
import { note } from '../lib/foundation/output';
import { formatProblem, throwIfAny } from '../lib/foundation/problem';
import { shapeProblems } from '../lib/foundation/settings';

const AFTER_HELP = `A request is a JSON file; only address is needed:
  { "address": "198.51.100.7", "country": "JP", "method": "POST", "path": "/admin?x=1", "headers": { "cookie": "a=b" },
    "sizes": { "uri": 6, "query": 3, "body": 100, "cookie": 3 }, "requestsInWindow": 10 }
requestsInWindow stands for the window of every rate limit.
A header that is null is one that the request does not have: "user-agent": null.
Of the groups that AWS manages only some rules are published, such as SizeRestrictions_BODY: they are decided here. What the others
would say is not known, and shown as "asks AWS".

Exit codes: 0 done, 1 bad input, 2 wrong usage.
`;

export const build: BuildCommand = () => {
  const firewall = command(
    'firewall',
    "The rules of an environment's firewall, in the order in which they are evaluated.",
    AFTER_HELP,
  );
  firewall
    .command('explain')
    .description(
      'the rules: priority, action, capacity units (WCU), running total; or what decides on a request, and why',
    )
    .argument('<environment>', 'one of lib/environments')
    .option('--request <file>', 'which rule decides on this request; - reads standard input')
    .option('--json', 'for programs')
    .action((environment, { request, json }) => {
      explain(environment, request, json);
    });
  return firewall;
};

export const main: Main = (args) => follow(build, args);

function explain(wanted: string, requestFile: string | undefined, json = false): void {
  const environment = lookUp(environments, wanted, ['firewall'], note);
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
