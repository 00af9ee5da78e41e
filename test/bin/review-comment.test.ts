import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../bin/review-comment';
import { COMMENT_LENGTHS, MARKER } from '../../lib/review/render-markdown';
import { startAws, type AwsServer, type Reply } from '../preflight/support/aws-server';
import { MemoryPullRequests, REVISION, SELF } from '../review/support/memory-pull-requests';
import { call } from '../support/call';
import { runTs, type Finished } from '../support/run';

const ROLE = 'arn:aws:iam::111122223333:role/prod-Review-Reviewer';
const REPORT = `${MARKER}\n## No infrastructure changes\n`;

let folder: string;
let pullRequests: MemoryPullRequests;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ishizue-'));
  writeFileSync(join(folder, 'report.md'), REPORT);
  pullRequests = new MemoryPullRequests();
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Arguments = Record<string, string>;

function argumentsOf(changes: Arguments = {}): string[] {
  const options = {
    'pull-request': REVISION.pullRequestId,
    revision: REVISION.revisionId,
    repository: REVISION.repository,
    'source-commit': REVISION.sourceCommit,
    'destination-commit': REVISION.destinationCommit,
    role: ROLE,
    synthesis: 'SUCCEEDED',
    'exit-code': '0',
    report: join(folder, 'report.md'),
    log: join(folder, 'synthesis.log'),
    ...changes,
  };
  return Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
}

const comment = (changes: Arguments = {}): Promise<Finished> =>
  call('review-comment', (args) => main(args, () => Promise.resolve(pullRequests)), argumentsOf(changes));

const REFUSED = `REVOKE ${REVISION.pullRequestId} ${REVISION.revisionId}`;
const APPROVED = `APPROVE ${REVISION.pullRequestId} ${REVISION.revisionId}`;

describe('approval', () => {
  test('of exit code 0, once the comment is there', async () => {
    expect(await comment()).toEqual({
      code: 0,
      stdout: 'pull request 7: comment posted, approval state APPROVE\n',
      stderr: '',
    });
    expect(pullRequests.calls).toEqual(['post', APPROVED]);
    expect(pullRequests.posted[0]).toMatchObject({
      pullRequestId: '7',
      repository: 'ishizue',
      beforeCommit: REVISION.destinationCommit,
      afterCommit: REVISION.sourceCommit,
      content: `${MARKER}\nCommit \`aaaaaaaaaa\` on top of \`bbbbbbbbbb\`: **approved**\n\n## No infrastructure changes\n`,
    });
  });

  test.each<[string, Arguments]>([
    ['a forbidden change', { 'exit-code': '1' }],
    ['sides that do not compare', { 'exit-code': '3' }],
    ['wrong usage', { 'exit-code': '2' }],
    ['a comparison that took too long', { 'exit-code': '124' }],
    ['one that was killed', { 'exit-code': '137' }],
    ['one that did not run', { 'exit-code': 'none' }],
    ['an exit code that only looks like 0', { 'exit-code': '00' }],
    ['a synthesis that failed, whatever lies there', { synthesis: 'FAILED' }],
    ['a synthesis of which nothing is known', { synthesis: 'succeeded' }],
    ['no report', { report: '/nowhere/report.md' }],
  ])('never of %s; and what is there goes before anything else', async (_, changes) => {
    expect((await comment(changes)).code).toBe(0);
    expect(pullRequests.calls).toEqual([REFUSED, 'post']);
    expect(pullRequests.posted[0]?.content).toContain('**not approved**');
  });

  test.each([
    ['a report that is none', 'approved, trust me'],
    ['an empty one', ''],
    ['one that is longer than a comment', `${MARKER}\n${'x'.repeat(COMMENT_LENGTHS.codecommit)}`],
  ])('never of %s', async (_, report) => {
    writeFileSync(join(folder, 'report.md'), report);
    await comment();
    expect(pullRequests.calls).toEqual([REFUSED, 'post']);
    expect(pullRequests.posted[0]?.content.length).toBeLessThan(1_000);
  });
});

describe('a failure', () => {
  test('is told, with the end of what synthesis printed, in which nothing is markup', async () => {
    const log = '\u001b[31mdev.network.nat: "singel"\n```\n@team **approved**\n';
    writeFileSync(join(folder, 'synthesis.log'), log);
    await comment({ synthesis: 'FAILED' });
    const content = pullRequests.posted[0]?.content ?? '';
    expect(content).toMatch(
      /^<!-- pr-diff -->\nCommit `a{10}` on top of `b{10}`: \*\*not approved\*\*\n\n## Infrastructure changes could not/,
    );
    // The fence around it is longer than the one within.
    expect(content).toContain('````\ndev.network.nat: "singel"\n```\n@team **approved**\n````');
  });

  test.each([
    ['long lines', 'x'.repeat(100_000)],
    ['many lines', 'line\n'.repeat(20_000)],
    ['characters that are shown as several', `${'\u0001'.repeat(200)}\n`.repeat(100)],
  ])('fits into a comment with %s', async (_, log) => {
    writeFileSync(join(folder, 'synthesis.log'), log);
    await comment({ synthesis: 'FAILED' });
    const content = pullRequests.posted[0]?.content ?? '';
    expect(content.length).toBeLessThanOrEqual(COMMENT_LENGTHS.codecommit);
    expect(content).toContain('does not synthesize');
  });
});

describe('the one comment', () => {
  test('is updated by the next run', async () => {
    await comment();
    writeFileSync(join(folder, 'report.md'), `${MARKER}\n## Infrastructure changes\n`);
    const { stdout } = await comment({ 'exit-code': '1' });
    expect(stdout).toBe('pull request 7: comment updated, approval state REVOKE\n');
    expect(pullRequests.calls).toEqual(['post', APPROVED, REFUSED, 'update new']);
    expect(pullRequests.comments_.map(({ content }) => content)).toEqual([
      expect.stringContaining('## Infrastructure changes\n'),
    ]);
  });

  test('is found among those of others, whatever they start with', async () => {
    const other = { content: REPORT, deleted: false };
    pullRequests.comments_.push(
      { ...other, id: 'a stranger’s', authorArn: 'arn:aws:iam::111122223333:user/mallory' },
      { ...other, id: 'another session’s', authorArn: SELF.replace('/review', '/mallory') },
      { ...other, id: 'deleted', authorArn: SELF, deleted: true },
      { ...other, id: 'not a report', authorArn: SELF, content: `See ${MARKER}` },
      { ...other, id: 'ours', authorArn: SELF },
    );
    await comment();
    expect(pullRequests.calls).toEqual(['update ours', APPROVED]);
  });

  test('has a token that is the same only for the same comment on the same revision', async () => {
    const tokens = new Set<string | undefined>();
    for (const revisionId of ['r1', 'r1', 'r2']) {
      pullRequests = new MemoryPullRequests();
      pullRequests.state = { ...pullRequests.state, revisionId };
      await comment({ revision: revisionId });
      tokens.add(pullRequests.posted[0]?.clientRequestToken);
    }
    expect(tokens.size).toBe(2);
    expect([...tokens][0]).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a pull request that has moved on is left alone', () => {
  test.each<[string, Partial<MemoryPullRequests['state']>, string]>([
    ['another commit', { sourceCommit: 'c'.repeat(40) }, `its source is at ${'c'.repeat(40)} by now`],
    ['another revision', { revisionId: 'next' }, 'its revision is next by now'],
    ['closed', { status: 'CLOSED' }, 'it is closed'],
    ['of another repository', { repository: 'other' }, 'it is not of repository ishizue'],
  ])('%s', async (_, change, reason) => {
    pullRequests.state = { ...pullRequests.state, ...change };
    const { code, stdout } = await comment();
    expect([code, stdout]).toEqual([0, `pull request 7: nothing is written: ${reason}\n`]);
    expect(pullRequests.calls).toEqual([]);
  });

  test('also if that happens in between: a refusal that comes too late writes no comment', async () => {
    pullRequests.current = false;
    const { stdout } = await comment({ 'exit-code': '1' });
    expect(stdout).toContain('nothing is written: it has a newer revision');
    expect(pullRequests.calls).toEqual([REFUSED]);
  });
});

describe('wrong usage', () => {
  test.each<[string, Arguments]>([
    ['--pull-request', { 'pull-request': '7; rm' }],
    ['--revision', { revision: '' }],
    ['--repository', { repository: 'a/b' }],
    ['--source-commit', { 'source-commit': 'main' }],
    ['--destination-commit', { 'destination-commit': '--help' }],
    ['--role', { role: 'reviewer' }],
    ['--synthesis', { synthesis: 'it went well' }],
    ['--exit-code', { 'exit-code': '' }],
    ['--raport', { raport: 'x' }],
  ])('%s', async (option, changes) => {
    const { code, stderr } = await comment(changes);
    expect([code, stderr]).toEqual([2, expect.stringContaining(option)]);
    expect(pullRequests.calls).toEqual([]);
  });

  test('an option that is missing', async () => {
    const { code, stderr } = await call('review-comment', (args) => main(args), []);
    expect([code, stderr]).toEqual([
      2,
      'review-comment: required option "--pull-request <id>" not specified (see review-comment --help)\n',
    ]);
  });
});

test('--help names every exit code', async () => {
  const { code, stdout } = await call('review-comment', (args) => main(args), ['--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('Exit codes: 0 ');
});

describe('through the SDK', () => {
  const assumed: Reply = {
    body: `<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><Arn>${SELF}</Arn><AssumedRoleId>A:review</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>k</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2036-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
  };
  const target = { repositoryName: 'ishizue', sourceCommit: REVISION.sourceCommit };
  const found: Reply = {
    body: {
      pullRequest: { pullRequestStatus: 'OPEN', revisionId: REVISION.revisionId, pullRequestTargets: [target] },
    },
  };
  /** Two pages, our comment on the second. */
  const page = (nextToken: string | undefined): Reply =>
    nextToken === undefined
      ? {
          body: {
            commentsForPullRequestData: [{ comments: [{ commentId: 'other', content: 'hello' }] }],
            nextToken: '2',
          },
        }
      : {
          body: {
            commentsForPullRequestData: [{ comments: [{ commentId: 'ours', authorArn: SELF, content: REPORT }] }],
          },
        };

  let server: AwsServer;
  let approval: Reply;
  const answers: Record<string, (input: Readonly<Record<string, string>>) => Reply> = {
    AssumeRole: () => assumed,
    GetPullRequest: () => found,
    GetCommentsForPullRequest: ({ nextToken }) => page(nextToken),
    UpdateComment: () => ({ body: {} }),
    UpdatePullRequestApprovalState: () => approval,
  };

  beforeEach(async () => {
    approval = { body: {} };
    server = await startAws(({ operation, input }) => answers[operation]?.(input));
  });

  afterEach(() => server.close());

  const run = (): Promise<Finished> =>
    runTs('bin/review-comment.ts', argumentsOf(), {
      env: {
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_REGION: 'ap-northeast-1',
        AWS_ENDPOINT_URL: server.url,
      },
    });

  test('assumes the reviewer, reads every page, updates its comment and approves', async () => {
    expect(await run()).toEqual({
      code: 0,
      stdout: 'pull request 7: comment updated, approval state APPROVE\n',
      stderr: '',
    });
    expect(server.seen.map(({ operation }) => operation)).toEqual([
      'AssumeRole',
      'GetCommentsForPullRequest',
      'GetCommentsForPullRequest',
      'GetPullRequest',
      'UpdateComment',
      'UpdatePullRequestApprovalState',
    ]);
    expect(server.seen[0]?.input).toMatchObject({ RoleArn: ROLE, RoleSessionName: 'review' });
    expect(server.seen[5]?.input).toEqual({
      pullRequestId: '7',
      revisionId: REVISION.revisionId,
      approvalState: 'APPROVE',
    });
  }, 30_000);

  test.each<[string, number, string]>([
    ['RevisionNotCurrentException', 0, 'nothing is written: it has a newer revision'],
    ['AccessDeniedException', 1, 'CodeCommit: answered AccessDeniedException: no'],
  ])(
    '%s ends with exit code %p, in a line',
    async (__type, code, line) => {
      approval = { status: 400, body: { __type, message: 'no' } };
      const finished = await run();
      expect(finished.code).toBe(code);
      expect(finished.stdout + finished.stderr).toContain(line);
      expect(finished.stderr.trim().split('\n')).toHaveLength(1);
    },
    30_000,
  );
});
