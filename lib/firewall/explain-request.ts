import type { FirewallRule, RuleAction } from './firewall-settings';
import { matches, type Match } from './matching';
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
  readonly action: RuleAction;
  /** Rules before it that may decide otherwise. */
  readonly unless: readonly string[];
}

/** Which of the rules decides on a request, and what each before it says. */
export function explainRequest(rules: readonly OrderedRule[], request: WebRequest): RequestAnswer {
  const answers: RuleAnswer[] = [];
  const unless: string[] = [];
  let decision: { readonly name: string; readonly action: RuleAction } | undefined;
  for (const { rule, priority, statement } of rules) {
    const { name, action } = rule;
    if (decision !== undefined) {
      answers.push({ rule: name, priority, outcome: 'not reached', reason: `${decision.name} has decided` });
      continue;
    }
    const match = matches(statement, request);
    if (match === undefined && action !== 'count') unless.push(name);
    // Count lets a request go on. So do challenge and captcha, for whoever has solved one; here nobody has.
    if (match === true && action !== 'count') decision = { name, action };
    answers.push({ rule: name, priority, ...answerOf(match, rule, request) });
  }
  return { answers, decidedBy: decision?.name ?? 'default', action: decision?.action ?? 'allow', unless };
}

function answerOf(match: Match, rule: FirewallRule, request: WebRequest): Pick<RuleAnswer, 'outcome' | 'reason'> {
  const reason = reasonOf(rule, match, request);
  if (match === false) return { outcome: 'does not match', reason };
  if (match === true) {
    return {
      outcome: 'matches',
      reason: `${reason}: ${rule.action === 'count' ? 'counted, and goes on' : rule.action}`,
    };
  }
  return { outcome: rule.kind === 'managedGroup' ? 'asks AWS' : 'unknown', reason };
}
