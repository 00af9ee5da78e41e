import type { AwsAccount } from '../aws-account';
import type { Expectations } from '../expectations';
import { fails, ok, warns } from '../check-result';
import { stacksOf } from '../concerns';
import { steps } from '../steps';
import type { Check } from './check';

/** The document that is there as soon as somebody has saved session preferences in the console. */
const ACCOUNT_PREFERENCES_NAME = 'SSM-SessionManagerRunShell';

/**
 * Whether the name of the session document is free, because CloudFormation does not take an existing one over; and whether
 * the environment's own is in force: an update makes a new version, which may not become the default, and sessions go by
 * the default (aws-cloudformation/cloudformation-coverage-roadmap #2539).
 */
export function sessionDocumentCheck({ environment, region, stacks }: Expectations, documentName: string): Check {
  return {
    name: 'session preferences',
    asked: `can ${documentName} be created?`,
    look: async (aws) => {
      const document = await aws.document(documentName);
      if (document === undefined) return ok(`no ${documentName} yet`);
      if (await isOwn(aws, stacksOf('session preferences', { stacks }), documentName)) {
        const { defaultVersion, latestVersion } = document;
        if (defaultVersion === latestVersion) return ok(`${documentName} exists, made by this environment`);
        return warns(
          `${documentName} has version ${latestVersion}, and sessions go by version ${defaultVersion}`,
          steps('put the latest preferences in force', [
            `aws ssm update-document-default-version --region ${region} --name ${documentName} ` +
              `--document-version ${latestVersion}`,
          ]),
        );
      }
      return fails(
        `${documentName} exists, made by somebody else`,
        [
          `import it (npx cdk import ${environment}-Access)`,
          `delete it (aws ssm delete-document --region ${region} --name ${documentName})`,
          ...(documentName === ACCOUNT_PREFERENCES_NAME
            ? [`set access.accountPreferences to false in lib/environments/${environment}.ts`]
            : []),
        ].join(', or '),
      );
    },
  };
}

async function isOwn(aws: AwsAccount, stackNames: readonly string[], documentName: string): Promise<boolean> {
  const resources = await Promise.all(stackNames.map((name) => aws.stackResources(name)));
  return resources.flat().some(({ type, physicalId }) => type === 'AWS::SSM::Document' && physicalId === documentName);
}
