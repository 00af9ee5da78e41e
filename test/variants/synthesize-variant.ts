import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import cdkJson from '../../cdk.json';
import { createEnvironment } from '../../lib/environments/create-environment';
import { validateEnvironments } from '../../lib/environments/validate';
import { createGatedApp, prepareGates } from '../../lib/foundation/constructs/gated-app';
import type { TemplateValidation } from '../../lib/foundation/constructs/template-validation';
import type { Finding } from './findings';
import type { Variant } from './variants';

/** One template that a variant has been synthesized to. */
export interface VariantTemplate {
  readonly variant: string;
  readonly stackName: string;
  readonly region: string;
  readonly file: string;
  readonly text: string;
}

/** Writes the assembly of a variant, without any gate. It takes a third of a second. */
export function synthesizeVariant(variant: Variant, folder: string): VariantTemplate[] {
  const app = new App({ outdir: folder, context: cdkJson.context, analyticsReporting: false, stackTraces: false });
  addStacks(app, variant);
  app.synth();
  return templatesIn(folder, variant);
}

/**
 * The same, through the gates of `cdk synth`.
 *
 * @param templates the same for all variants: its engine takes seconds to start
 */
export function gateVariant(
  variant: Variant,
  folder: string,
  templates: TemplateValidation,
): { readonly templates: VariantTemplate[]; readonly findings: Finding[] } {
  // As the CLI tells an app; but in this mode findings are thrown, where `cdk synth` would end the process.
  Object.assign(process.env, { CDK_CONTEXT_JSON: JSON.stringify(cdkJson.context), CDK_APP_MODE: 'inmemory' });
  const app = createGatedApp({ outdir: folder, templates });
  addStacks(app, variant);
  prepareGates(app);
  try {
    app.synth();
  } catch (error) {
    const findings = reportedIn(folder, variant.name);
    if (findings.length === 0) throw error;
    return { templates: templatesIn(folder, variant), findings };
  }
  return { templates: templatesIn(folder, variant), findings: [] };
}

function addStacks(app: App, { name, environment }: Variant): void {
  const [valid] = validateEnvironments([environment]);
  if (valid === undefined) throw new Error(`${name} is no environment`);
  createEnvironment(app, valid);
}

function templatesIn(folder: string, { name, environment }: Variant): VariantTemplate[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => ({
      variant: name,
      stackName: file.replace(/\.template\.json$/, ''),
      region: environment.region,
      file: join(folder, file),
      text: readFileSync(join(folder, file), 'utf8'),
    }));
}

interface ValidationReport {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly description: string;
      readonly violatingConstructs: readonly { readonly constructPath?: string }[];
    }[];
  }[];
}

function reportedIn(folder: string, variant: string): Finding[] {
  const file = join(folder, 'validation-report.json');
  if (!existsSync(file)) return [];
  const { pluginReports } = JSON.parse(readFileSync(file, 'utf8')) as ValidationReport;
  return pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, description, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath = '?' }) => ({
        gate: ruleName.startsWith('AwsSolutions') ? 'cdk-nag' : 'template rules',
        rule: ruleName,
        message: description,
        place: constructPath,
        stackName: constructPath.split('/', 1)[0] ?? '?',
        variants: [variant],
      })),
    ),
  );
}
