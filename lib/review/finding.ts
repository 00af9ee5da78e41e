/** In the order of the report: the most dangerous first. */
export const CATEGORIES = [
  'data',
  'replacement',
  'security',
  'addresses',
  'pipeline',
  'addition',
  'update',
  'deletion',
] as const;

export type Category = (typeof CATEGORIES)[number];

/** What is at stake, the worst first. Each includes those behind it where a gate is concerned. */
export const DANGERS = ['data-loss', 'destructive', 'broadening', 'none'] as const;

export type Danger = (typeof DANGERS)[number];

/** What happens, as an allow file names it. */
export const CHANGES = [
  'replace',
  'delete',
  'rename',
  'move',
  'type',
  'condition',
  'stack-remove',
  'stack-move',
  'stack-add',
  'protection',
  'retention',
  'setting',
  'iam',
  'security-group',
  'firewall',
  'addresses',
  'pipeline',
  'add',
  'update',
  'parameter',
  'mapping',
  'output',
  'rule',
  'template',
] as const;

export type Change = (typeof CHANGES)[number];

/** One value before and after. A side without a value has none. */
export interface Detail {
  /** `Properties.CidrBlock`, `Tags[Name].Value`, `Default`. */
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
  /** What changing this one property does to the resource. */
  readonly effect?: 'replaces' | 'may replace';
  /** Why, where the value as written is the same: `refers to Vpc, which is replaced`. */
  readonly reason?: string;
}

export interface Finding {
  readonly category: Category;
  readonly change: Change;
  readonly danger: Danger;
  /** `may` where only CloudFormation, or the account, can tell. */
  readonly certainty: 'will' | 'may';
  /** Of a security finding. Both if something of each. */
  readonly direction?: 'broadened' | 'narrowed' | 'changed';
  readonly stack: string;
  /** None for a finding about the stack itself. */
  readonly logicalId?: string;
  /** Of the construct. */
  readonly path?: string;
  readonly type?: string;
  /** One sentence. Values of templates stand between backquotes, which renderers may turn into code. */
  readonly summary: string;
  readonly details: readonly Detail[];
  readonly notes: readonly string[];
  /** Of this change and no other; of those that an allow file must name exactly. */
  readonly fingerprint?: string;
  /** Accepted by the allow file. */
  readonly allowed?: { readonly reason: string; readonly expires: string };
  /** What can be drawn about it. */
  readonly drawing?: AddressPlanDrawing;
}

export interface PlannedSubnet {
  readonly tier: string;
  readonly zone: string;
  readonly cidr: string;
}

export interface PlanShown {
  readonly cidr: string;
  readonly subnets: readonly PlannedSubnet[];
  /** Blocks that no subnet has yet, but that a tier keeps. */
  readonly kept: readonly { readonly tier: string; readonly cidr: string }[];
}

/** An address plan before and after; a side without a plan has none. */
export interface AddressPlanDrawing {
  readonly before?: PlanShown;
  readonly after?: PlanShown;
}

/** A value of a template inside a sentence: on one line, and unable to end the code that it is shown as. */
export function quote(value: string): string {
  return `\`${value.replace(/\s+/g, ' ').replace(/`/g, "'")}\``;
}
