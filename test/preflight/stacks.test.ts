import { StackStatus } from '@aws-sdk/client-cloudformation';
import type { Stack, StackResource } from '../../lib/preflight/aws-account';
import type { CheckResult } from '../../lib/preflight/check-result';
import { stacksCheck } from '../../lib/preflight/checks/stacks';
import { preflight } from '../../lib/preflight/preflight';
import { STACK_STATUSES } from '../../lib/preflight/stack-status';
import { EXPECTED, readyAccount } from './support/memory-account';

const NAME = 'dev-Web';
const PROTECTED = { isProtected: true };

/** Of an account in which one stack is as given, and all others are complete. */
async function look(stack: Partial<Stack> | undefined, left: readonly StackResource[] = []): Promise<CheckResult> {
  const complete: Stack = { status: 'CREATE_COMPLETE', isProtected: false, outputs: { BootstrapVersion: '28' } };
  const account = readyAccount({
    stack: (name) => Promise.resolve(name === NAME ? stack && { ...complete, ...stack } : complete),
    stackResources: (name) => Promise.resolve(name === NAME ? left : []),
  });
  const found = (await preflight(account, EXPECTED)).find(({ check }) => check === 'stacks');
  if (found === undefined) throw new Error('stacks are not asked for');
  return found;
}

const skipped = (type: string, physicalId: string): StackResource => ({ type, physicalId, status: 'DELETE_SKIPPED' });

describe('statuses', () => {
  test('every one that the SDK knows is decided, and no other', () => {
    expect(Object.keys(STACK_STATUSES).sort()).toEqual(Object.values(StackStatus).sort());
  });

  test.each(Object.values(StackStatus))('%s', async (status) => {
    const { status: outcome, found, remedy } = await look({ status, isProtected: true });
    const blocks = outcome === 'fails';
    // What is going on, and what went wrong without a way back, is in the way. Source: the words of the status itself.
    expect(blocks).toBe(
      (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS') ||
        status.endsWith('_FAILED') ||
        status === 'ROLLBACK_COMPLETE',
    );
    if (!blocks) return;
    expect(found).toContain(`${NAME} is ${status}`);
    expect(remedy).toContain(NAME);
  });

  test('one that nobody knows is in the way', async () => {
    expect(await look({ status: 'MELTED' })).toMatchObject({
      status: 'fails',
      found: 'dev-Web is MELTED, which is not known here',
    });
  });
});

test('a stack that is not there is in nobody’s way', async () => {
  expect(await look(undefined)).toMatchObject({ status: 'ok', found: 'none is in the way of its next deployment' });
});

describe('a creation that failed', () => {
  test('of a protected stack: both commands, in their order', async () => {
    const { status, found, remedy } = await look({ status: 'ROLLBACK_COMPLETE', ...PROTECTED });
    expect(status).toBe('fails');
    expect(found).toBe('dev-Web is ROLLBACK_COMPLETE: its creation failed and was rolled back, and it is protected');
    expect(remedy?.split('\n').slice(2)).toEqual([
      '  aws cloudformation update-termination-protection --region ap-northeast-1 --no-enable-termination-protection ' +
        '--stack-name dev-Web',
      '  aws cloudformation delete-stack --region ap-northeast-1 --stack-name dev-Web',
    ]);
  });

  test.each(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'])('of another stack, %s: the CDK deletes it', async (status) => {
    const result = await look({ status });
    expect(result).toMatchObject({ status: 'ok', remedy: null });
    expect(result.found).toContain('the deployment deletes it first (aws cloudformation delete-stack ');
  });

  test('what it left behind is named, with the ways to be rid of it', async () => {
    const left = [
      skipped('AWS::Logs::LogGroup', 'aws-waf-logs-prod'),
      skipped('AWS::S3::Bucket', 'prod-events'),
      skipped('AWS::New::Thing', 'it'),
      { type: 'AWS::EC2::VPC', physicalId: 'vpc-1', status: 'DELETE_COMPLETE' },
    ];
    const { status, found, remedy } = await look({ status: 'ROLLBACK_COMPLETE' }, left);
    expect(status).toBe('fails');
    expect(found).toMatch(/; it left behind AWS::Logs::LogGroup aws-waf-logs-prod, AWS::S3::Bucket prod-events, /);
    expect(remedy).not.toContain('update-termination-protection');
    expect(remedy?.split('\n').slice(-4)).toEqual([
      '  npm run deploy -- dev-Web --no-preflight --import-existing-resources',
      '  aws logs delete-log-group --log-group-name aws-waf-logs-prod --region ap-northeast-1',
      '  aws s3 rb --force s3://prod-events --region ap-northeast-1',
      '  (delete AWS::New::Thing it in its service’s console)'.replace('’', "'"),
    ]);
  });
});

test('several stacks: each with its own remedy', async () => {
  const account = readyAccount({
    stack: (name) =>
      Promise.resolve({
        status: name === 'dev-Network' ? 'UPDATE_ROLLBACK_FAILED' : 'DELETE_FAILED',
        isProtected: false,
        outputs: {},
      }),
  });
  const stacks = EXPECTED.stacks.slice(0, 2);
  const answer = await stacksCheck({ ...EXPECTED, stacks }).look(account);
  expect(answer.found).toMatch(/^dev-Network is UPDATE_ROLLBACK_FAILED: .*; dev-Access is DELETE_FAILED: /);
  expect(answer).toMatchObject({
    remedy: expect.stringMatching(
      /^dev-Network: [^]*\n {2}npx cdk rollback dev-Network\n[^]*\ndev-Access: /,
    ) as unknown,
  });
});
