import type { FirewallRule, RuleAction } from './firewall-settings';
import { unusedHeaders } from './forwarded-reason';
import { decideManagedGroup } from './managed-decision';
import { managedReason } from './managed-reason';
import { ruleMatches, type Match } from './matching';
import { reasonOf } from './match-reason';
import type { OrderedRule } from './rule-order';
import type { WebRequest } from './web-request';

/** What one rule does with a request. */
export interface RuleAnswer {
  readonly rule: string;
  readonly priority: number;
  /** `not reached`: an earlier rule has decided. `unknown`: AWS decides, or the request does not say enough. */
  readonly outcome: 'matches' | 'does not match' | 'asks AWS' | 'unknown' | 'not reached';
  readonly reason: string;
}

export interface RequestAnswer {
  readonly answers: readonly RuleAnswer[];
  /** What our own rules say; `default` stands for none of them. */
  readonly decidedBy: string;
  /** Where a group of AWS decides: those of its rules that do. */
  readonly groupRules: readonly string[];
  readonly action: RuleAction;
  /** Rules before it that may decide otherwise. */
  readonly unless: readonly string[];
  /** What is in the request and has no effect, though one may expect it. */
  readonly notes: readonly string[];
}

/** What a rule makes of a request, before it is known whether the request comes so far. */
interface Verdict {
  readonly match: Match;
  readonly action: RuleAction;
  readonly groupRules: readonly string[];
  readonly reason: string;
}

/** Which of the rules decides on a request, and what each before it says. */
export function explainRequest(rules: readonly OrderedRule[], request: WebRequest): RequestAnswer {
  const answers: RuleAnswer[] = [];
  const unless: string[] = [];
  let decision: (Verdict & { readonly name: string }) | undefined;
  for (const ordered of rules) {
    const { rule, priority } = ordered;
    const { name } = rule;
    if (decision !== undefined) {
      answers.push({ rule: name, priority, outcome: 'not reached', reason: `${decision.name} has decided` });
      continue;
    }
    const verdict = verdictOf(ordered, request);
    if (verdict.match === undefined && verdict.action !== 'count') unless.push(name);
    // Count lets a request go on. So do challenge and captcha, for whoever has solved one; here nobody has.
    if (verdict.match === true && verdict.action !== 'count') decision = { ...verdict, name };
    answers.push({ rule: name, priority, ...answerOf(verdict, rule) });
  }
  return {
    answers,
    decidedBy: decision?.name ?? 'default',
    groupRules: decision?.groupRules ?? [],
    action: decision?.action ?? 'allow',
    unless,
    notes: notesOn(rules, request),
  };
}

function verdictOf({ rule, statement }: OrderedRule, request: WebRequest): Verdict {
  if (rule.kind === 'managedGroup') {
    const decision = decideManagedGroup(rule, request);
    return { ...decision, groupRules: decision.matched, reason: managedReason(rule, decision, request) };
  }
  const match = ruleMatches(statement, request);
  return { match, action: rule.action, groupRules: [], reason: reasonOf(rule, match, request) };
}

function answerOf({ match, action, reason }: Verdict, rule: FirewallRule): Pick<RuleAnswer, 'outcome' | 'reason'> {
  if (match === false) return { outcome: 'does not match', reason };
  if (match === true) {
    return { outcome: 'matches', reason: `${reason}: ${action === 'count' ? 'counted, and goes on' : action}` };
  }
  return { outcome: rule.kind === 'managedGroup' ? 'asks AWS' : 'unknown', reason };
}

function notesOn(rules: readonly OrderedRule[], request: WebRequest): string[] {
  const used = rules.flatMap(({ rule }) =>
    'forwardedHeader' in rule && rule.forwardedHeader !== undefined ? [rule.forwardedHeader.name] : [],
  );
  const others = used.length === 0 ? 'rules' : 'rules without a forwardedHeader';
  return unusedHeaders(used, request).map(
    (header) =>
      `${header} has no effect: ${others} go by ${request.address}, which connects; behind a proxy give them a forwardedHeader`,
  );
}
