// `npm run check:templates`: every template of every variant before every gate, cfn-lint among them.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from '../../lib/foundation/command';
import { TemplateValidation } from '../../lib/foundation/constructs/template-validation';
import { ROOT } from '../support/run';
import { findCfnLint } from './cfn-lint';
import { judge, showFinding, tableOf, type Finding } from './findings';
import { ignoredRules } from './ignored-rules';
import { lintTemplates } from './lint-templates';
import { gateVariant, type VariantTemplate } from './synthesize-variant';
import { unsaidChanges } from './unsaid-changes';
import { VARIANTS, type Variant } from './variants';

const HELP = `Holds the templates of dev, of prod, and of variants of them that have every choice that the settings offer, against
cfn-lint, CloudFormation's template rules and cdk-nag. Lets no error and no warning pass; what cfn-lint need not say is in
.cfnlintrc.yaml, each with its reason.

  check:templates [VARIANT...]    all, if none is named (test/variants/variants.ts)

Needs Python 3.11 or later with venv; .ci/install-python installs cfn-lint itself, once and outside the tree.

Exit codes: 0 nothing found; 1 something was; 2 wrong usage; 3 cfn-lint is not here.
`;

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { help: { type: 'boolean', short: 'h', default: false } },
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const variants = selectVariants(positionals);
  const lint = findCfnLint();
  if ('missing' in lint) {
    process.stderr.write(`check:templates: ${lint.missing}\n`);
    return 3;
  }
  const folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
  try {
    return await checkVariants(variants, lint.program, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function selectVariants(names: readonly string[]): readonly Variant[] {
  const unknown = names.filter((name) => !VARIANTS.some((variant) => variant.name === name));
  if (unknown.length > 0) throw new UsageError(`there is no variant ${unknown.join(', ')}`);
  return names.length === 0 ? VARIANTS : VARIANTS.filter(({ name }) => names.includes(name));
}

async function checkVariants(variants: readonly Variant[], program: string, folder: string): Promise<number> {
  const engine = new TemplateValidation();
  const templates: VariantTemplate[] = [];
  const findings: Finding[] = [];
  for (const variant of variants) {
    const gated = gateVariant(variant, join(folder, variant.name), engine);
    templates.push(...gated.templates);
    findings.push(...gated.findings);
  }
  findings.push(...(await lintTemplates(templates, program, folder)));

  const ignored = ignoredRules(readFileSync(join(ROOT, '.cfnlintrc.yaml'), 'utf8'));
  const { left, faults } = judge(findings, ignored, variants.length === VARIANTS.length);
  const wrong = [...left.map(showFinding), ...faults, ...unsaidChanges(variants, templates)];
  process.stdout.write(`${[tableOf(variants, templates, left), ...wrong].join('\n')}\n`);
  return wrong.length === 0 ? 0 : 1;
}

void runCommand('check:templates', main);
