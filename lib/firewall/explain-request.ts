import type { RuleAction } from './firewall-settings';
import { matches } from './matching';
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
    const mayDecide = action !== 'count' || (rule.kind === 'managedGroup' && Object.keys(rule.overrides).length > 0);
    if (match === undefined && mayDecide) unless.push(name);
    // Count lets a request go on. So do challenge and captcha, for whoever has solved one; here nobody has.
    if (match === true && action !== 'count') decision = { name, action };
    answers.push({ rule: name, priority, ...answerOf(match, rule.kind, action) });
  }
  return { answers, decidedBy: decision?.name ?? 'default', action: decision?.action ?? 'allow', unless };
}

function answerOf(
  match: boolean | undefined,
  kind: OrderedRule['rule']['kind'],
  action: RuleAction,
): Pick<RuleAnswer, 'outcome' | 'reason'> {
  if (match === false) return { outcome: 'does not match', reason: REASONS[kind].otherwise };
  if (match === true) {
    const ends = action === 'count' ? 'counted, and goes on' : action;
    return { outcome: 'matches', reason: `${REASONS[kind].matches}: ${ends}` };
  }
  return { outcome: kind === 'managedGroup' ? 'asks AWS' : 'unknown', reason: REASONS[kind].unknown ?? '' };
}

/** Why, in a few words. */
const REASONS: Record<
  OrderedRule['rule']['kind'],
  { readonly matches: string; readonly otherwise: string; readonly unknown?: string }
> = {
  allowedAddresses: { matches: 'the address is in the list', otherwise: 'the address is not in the list' },
  blockedAddresses: { matches: 'the address is in the list', otherwise: 'the address is not in the list' },
  rateLimit: {
    matches: 'the address has sent more than the limit',
    otherwise: 'the address is within the limit, or the path is not counted',
    unknown: 'depends on earlier requests: give requestsInWindow',
  },
  countries: {
    matches: 'the country is one of those meant',
    otherwise: 'the country is not one of those meant',
    unknown: 'give country',
  },
  sizeLimits: { matches: 'a part is larger than its limit', otherwise: 'every part is within its limit' },
  restrictedPaths: {
    matches: 'the path is restricted, and the address is not in the list',
    otherwise: 'the path is not restricted, or the address is in the list',
  },
  crossSiteRequests: {
    matches: 'another site sends a request that may change something',
    otherwise: 'not sent by another site, or a method that changes nothing',
  },
  revokedTokens: { matches: 'the header has a revoked value', otherwise: 'the header has no revoked value' },
  managedGroup: { matches: '', otherwise: '', unknown: 'the rules of the group are those of AWS' },
};
