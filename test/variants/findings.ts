import { renderTable } from '../../lib/foundation/table';
import type { IgnoredRule } from './ignored-rules';

export const GATES = ['cfn-lint', 'template rules', 'cdk-nag'] as const;
export type Gate = (typeof GATES)[number];

/** What a gate has against a template. */
export interface Finding {
  readonly gate: Gate;
  readonly rule: string;
  readonly message: string;
  /** Where in the template, or which construct. */
  readonly place: string;
  readonly stackName: string;
  /** All that have this very template. */
  readonly variants: readonly string[];
}

const FEWEST_WORDS = 6;

/**
 * The findings that nobody has accepted, and what is wrong with the list of the accepted ones, in a line each.
 *
 * @param isWhole whether all templates were looked at, so that a rule that none of them breaks need not be ignored
 */
export function judge(
  findings: readonly Finding[],
  ignored: readonly IgnoredRule[],
  isWhole: boolean,
): { readonly left: readonly Finding[]; readonly faults: readonly string[] } {
  const breaks = ({ gate, rule }: Finding, entry: IgnoredRule): boolean => gate === 'cfn-lint' && rule === entry.rule;
  return {
    left: findings.filter((finding) => !ignored.some((entry) => breaks(finding, entry))),
    faults: ignored.flatMap((entry) => [
      ...(entry.reason.split(' ').length < FEWEST_WORDS
        ? [`.cfnlintrc.yaml: ${entry.rule} has no reason above it; write one, or remove it`]
        : []),
      ...(isWhole && !findings.some((finding) => breaks(finding, entry))
        ? [`.cfnlintrc.yaml: no template breaks ${entry.rule}; remove it`]
        : []),
    ]),
  };
}

/** Variants by gates: how many findings each has. */
export function tableOf(
  variants: readonly { readonly name: string }[],
  templates: readonly { readonly variant: string }[],
  findings: readonly Finding[],
): string {
  const rows = variants.map(({ name }) => [
    name,
    templates.filter(({ variant }) => variant === name).length,
    ...GATES.map((gate) => findings.filter((found) => found.gate === gate && found.variants.includes(name)).length),
  ]);
  return renderTable(['variant', 'templates', ...GATES], rows);
}

/** On one line; a template that many variants have is told of once. */
export function showFinding({ gate, rule, message, place, stackName, variants }: Finding): string {
  const [first = '', ...others] = variants;
  const where = others.length === 0 ? first : `${first} and ${others.length} more`;
  return `${stackName} of ${where}: ${place}: ${gate} ${rule}: ${message.replace(/\s+/g, ' ')}`;
}
