import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cfnLint, type LintFinding } from './cfn-lint';
import type { Finding } from './findings';
import type { VariantTemplate } from './synthesize-variant';

/** A template that breaks these rules: a cfn-lint that does not say so would let everything pass. */
const BROKEN = join(__dirname, 'fixtures/broken.template.json');
const BROKEN_RULES = ['E3002', 'W2001'];

/** One template, and the variants that have it. */
interface Distinct {
  readonly file: string;
  readonly region: string;
  readonly stackName: string;
  readonly variants: string[];
}

/**
 * Holds templates against cfn-lint, each once in whatever number of variants it is.
 *
 * @param folder an empty place is made in it
 * @throws {Error} if cfn-lint finds nothing where there is something
 */
export async function lintTemplates(
  templates: readonly VariantTemplate[],
  program: string,
  folder: string,
): Promise<Finding[]> {
  const home = join(folder, 'home');
  mkdirSync(home);
  const distinct = distinctOf(templates);
  const findings: Finding[] = [];
  for (const region of new Set(distinct.map((template) => template.region))) {
    const here = distinct.filter((template) => template.region === region);
    const answer = await cfnLint(program, [BROKEN, ...here.map(({ file }) => file)], region, home);
    expectBroken(answer);
    findings.push(...here.flatMap((template) => findingsOf(template, answer)));
  }
  return findings;
}

function distinctOf(templates: readonly VariantTemplate[]): Distinct[] {
  const distinct = new Map<string, Distinct>();
  for (const { stackName, region, file, text, variant } of templates) {
    const key = `${stackName} ${region} ${text}`;
    const known = distinct.get(key) ?? { file, region, stackName, variants: [] };
    known.variants.push(variant);
    distinct.set(key, known);
  }
  return [...distinct.values()];
}

function expectBroken(answer: readonly LintFinding[]): void {
  const found = answer.filter(({ Filename }) => Filename === BROKEN).map(({ Rule }) => Rule.Id);
  const missed = BROKEN_RULES.filter((rule) => !found.includes(rule));
  if (missed.length > 0) throw new Error(`cfn-lint did not find ${missed.join(', ')} in ${BROKEN}`);
}

function findingsOf({ file, stackName, variants }: Distinct, answer: readonly LintFinding[]): Finding[] {
  return answer
    .filter(({ Filename }) => Filename === file)
    .map(({ Rule, Message, Location }) => ({
      gate: 'cfn-lint' as const,
      rule: Rule.Id,
      message: Message,
      place: Location.Path?.join('/') ?? '',
      stackName,
      variants,
    }));
}
