import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { DailyRunbook } from '../../foundation/constructs/daily-runbook';

/** Seconds that a deployment waits for the runbook, which takes about twenty: no instance starts before it has succeeded. */
const LONGEST_WAIT = 600;

/**
 * Switches on that every new volume of the account and region is encrypted, and checks it every day. Elastic Beanstalk has no
 * option to encrypt the root volumes of instances; they are encrypted where this is the account's default.
 *
 * It holds for the account, and stays when the stack goes: it only adds encryption.
 */
export class EncryptedVolumes extends DailyRunbook {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      runbook: 'AWSConfigRemediation-EnableEbsEncryptionByDefault',
      description: 'Switches on encryption of new volumes',
      statements: [
        new PolicyStatement({
          actions: ['ec2:EnableEbsEncryptionByDefault', 'ec2:GetEbsEncryptionByDefault'],
          resources: ['*'],
        }),
      ],
      because: 'Both actions are on a setting of the account, and take no resource but *',
      waitSeconds: LONGEST_WAIT,
    });
  }
}
