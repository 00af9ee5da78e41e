import { runbookArns } from '../../lib/foundation/runbook-arns';
import { OWNED_BY_AWS } from './fixtures/automation-pages';

const PLACE = { partition: 'aws', region: 'us-east-1', account: '111122223333' };

test('a document of AWS has no account in its ARN, and its executions have', () => {
  expect(runbookArns('AWS-Any', 'aws', PLACE)).toEqual({
    document: `arn:aws:ssm:us-east-1:${OWNED_BY_AWS.account}:document/AWS-Any`,
    versions: 'arn:aws:ssm:us-east-1::automation-definition/AWS-Any:*',
    executions: 'arn:aws:ssm:us-east-1:111122223333:automation-execution/*',
  });
});

test('one of our own has the account in all of them', () => {
  const { document, versions, executions } = runbookArns('own', 'account', PLACE);
  for (const arn of [document, versions, executions]) expect(arn).toContain(':111122223333:');
});
