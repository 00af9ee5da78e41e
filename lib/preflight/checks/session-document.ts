import type { AwsAccount } from '../aws-account';
import type { Expectations } from '../expectations';
import { fails, ok } from '../finding';
import type { Check } from './check';

/** The document that is there as soon as somebody has saved session preferences in the console. */
const ACCOUNT_PREFERENCES_NAME = 'SSM-SessionManagerRunShell';

/** Whether the name of the session document is free: CloudFormation does not take an existing one over. */
export function sessionDocumentCheck({ environment, region, stackNames }: Expectations, documentName: string): Check {
  return {
    name: 'session preferences',
    asked: `can ${documentName} be created?`,
    look: async (aws) => {
      if (!(await aws.hasDocument(documentName))) return ok(`no ${documentName} yet`);
      if (await isOwn(aws, stackNames, documentName)) return ok(`${documentName} exists, made by this environment`);
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
