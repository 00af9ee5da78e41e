import { App, Validations, type IPolicyValidationContext, type PolicyValidationPluginReport } from 'aws-cdk-lib/core';
// The pack alone: the package's index loads the rules of five other packs, too.
import { AwsSolutionsChecks } from 'cdk-nag/lib/packs/aws-solutions';
import { ProblemsError } from '../problem';
import { TemplateValidation } from './template-validation';

export interface GatedAppProps {
  /** Where the assembly goes, if not to where the CLI says. */
  readonly outdir?: string;
  /** For several apps one after the other, so that the engine of template validation is started once. */
  readonly templates?: TemplateValidation;
}

/**
 * The app that every stack belongs to. Its gates fail `cdk synth`: CloudFormation's template rules as errors, and
 * cdk-nag AwsSolutions. They hold whatever cdk.json, `--context`, `--no-validation` or the environment say.
 *
 * @throws {ProblemsError} if CDK_VALIDATION turns template validation off
 */
export function createGatedApp({ outdir, templates = new TemplateValidation() }: GatedAppProps = {}): App {
  if (process.env.CDK_VALIDATION === 'false') {
    throw new ProblemsError([
      {
        path: 'CDK_VALIDATION',
        value: 'false',
        reason: 'turns off the template validation that every synthesis must pass',
        remedy: 'unset it, and do not use --no-validation',
      },
    ]);
  }
  const app = new App({
    ...(outdir !== undefined && { outdir }),
    // To note where each construct was made takes time in every synthesis. Findings name the path of their construct without it.
    stackTraces: process.env.CDK_DEBUG === 'true',
    // Wins over cdk.json and --context.
    postCliContext: {
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      '@aws-cdk/core:strictCfnValidateErrors': true,
      '@aws-cdk/core:annotationsInValidationReport': true,
      // Fails the app itself: the CLI would pass over stacks in stages, and over everything with --ignore-errors.
      '@aws-cdk/core:failSynthOnValidationErrors': true,
    },
  });
  preparations.set(app, () => {
    templates.prepare(app);
  });
  // In this order: the templates are validated in another thread while cdk-nag looks at the constructs.
  Validations.of(app).addPlugins(new ChecksBeside(templates), templates);
  return app;
}

const preparations = new WeakMap<App, () => void>();

/** Lets the engine of template validation start while the app is being synthesized. Saves time, and changes nothing else. */
export function prepareGates(app: App): void {
  preparations.get(app)?.();
}

class ChecksBeside extends AwsSolutionsChecks {
  constructor(private readonly templates: TemplateValidation) {
    super();
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    this.templates.begin(context);
    return super.validate(context);
  }
}
