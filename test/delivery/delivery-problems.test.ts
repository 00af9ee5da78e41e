import { deliveryProblems, type DeliverySurroundings } from '../../lib/delivery/delivery-problems';
import { deliverySchema } from '../../lib/delivery/delivery-settings';
import { formatProblem, ProblemsError } from '../../lib/foundation/problem';
import { shapeProblems } from '../../lib/foundation/settings';
import { validateEnvironments } from '../../lib/environments/validate';
import { DELIVERY, SITE } from './support';

const AROUND: DeliverySurroundings = { account: '111122223333', protectData: true, hasWeb: true };
const source = { kind: 'source', name: 'Source' };
const build = { kind: 'build', name: 'Build' };
const testing = { kind: 'test', name: 'Test' };
const approval = { kind: 'approval', name: 'Approval' };
const deploy = { kind: 'deploy', name: 'Deploy' };

/** Mistakes of shape and of meaning, as a person sees them. */
function messages(change: object, around: Partial<DeliverySurroundings> = {}): string[] {
  const raw = { ...DELIVERY, ...change };
  return [
    ...shapeProblems(deliverySchema, raw, 'dev.delivery'),
    ...deliveryProblems(raw, { ...AROUND, ...around }, 'dev'),
  ].map(formatProblem);
}

const stages = (...list: object[]): string[] => messages({ stages: list });

test('nothing is wrong with a good pipeline', () => {
  expect(messages({})).toEqual([]);
  expect(stages(source, build, testing, approval, deploy)).toEqual([]);
  // A team adds what it needs, and no stack changes.
  const smoke = { kind: 'test', name: 'Smoke', buildspec: 'ci/smoke.yml', timeoutMinutes: 60 };
  const again = { kind: 'approval', name: 'Release', link: 'https://staging.example.com' };
  expect(stages(source, build, testing, approval, smoke, again, deploy)).toEqual([]);
});

test.each([1, 5])('%s approvals of a pull request are possible', (approvals) => {
  expect(messages({ repository: { ...DELIVERY.repository, approvals } })).toEqual([]);
});

test('without protectData no approval is needed', () => {
  expect(messages({ stages: [source, build, deploy] }, { protectData: false })).toEqual([]);
});

describe('stages: refuse', () => {
  test.each<[string, object[], string[]]>([
    [
      'a list without a source',
      [build, approval, deploy],
      [
        "dev.delivery.stages[0].kind: \"build\" comes first, where a pipeline needs its source; begin with { kind: 'source', name: 'Source' }",
      ],
    ],
    [
      'a second source',
      [source, build, { kind: 'source', name: 'Again' }, approval, deploy],
      [
        'dev.delivery.stages[2].kind: "source" is not the first stage, and a pipeline has one source, at its beginning; remove it',
      ],
    ],
    [
      'two approvals in a row',
      [source, build, approval, { kind: 'approval', name: 'Again' }, deploy],
      ['dev.delivery.stages[3].kind: "approval" follows another approval, and asks the same again; remove one of them'],
    ],
    [
      'an approval that nothing waits for',
      [source, build, approval, deploy, { kind: 'approval', name: 'Last' }],
      [
        'dev.delivery.stages[4].kind: "approval" is the last stage, and nothing waits for it; move it before a deploy, or remove it',
      ],
    ],
    [
      'a deploy before a build',
      [source, approval, deploy, build],
      [
        'dev.delivery.stages[2].kind: "deploy" comes before any build, so there is nothing to deploy; move it behind a build',
      ],
    ],
    [
      'a test before a build',
      [source, testing, build, approval, deploy],
      [
        'dev.delivery.stages[1].kind: "test" comes before any build, so there is no bundle to test; move it behind a build',
      ],
    ],
    [
      'a deploy that nobody approves, where data is protected',
      [source, build, deploy],
      [
        "dev.delivery.stages[2].kind: \"deploy\" is reached without an approval of its bundle, in an environment with protectData; put { kind: 'approval', name: 'Approval' } between the last build before it and it",
      ],
    ],
    [
      'an approval before the bundle is built',
      [source, approval, build, deploy],
      [
        expect.stringContaining(
          'dev.delivery.stages[3].kind: "deploy" is reached without an approval of its bundle',
        ) as string,
      ],
    ],
    [
      'another bundle after the approval',
      [source, build, approval, { kind: 'build', name: 'Again' }, deploy],
      [expect.stringContaining('dev.delivery.stages[4].kind: "deploy" is reached without an approval') as string],
    ],
    [
      'a second deploy of a bundle that nobody approved',
      [source, build, approval, deploy, { kind: 'build', name: 'Again' }, { kind: 'deploy', name: 'More' }],
      [expect.stringContaining('dev.delivery.stages[5].kind: "deploy" is reached without an approval') as string],
    ],
    [
      'no deploy',
      [source, build, testing],
      ["dev.delivery.stages: have no deploy; add { kind: 'deploy', name: 'Deploy' }"],
    ],
    [
      'no build',
      [source, approval, deploy],
      [
        'dev.delivery.stages[2].kind: "deploy" comes before any build, so there is nothing to deploy; move it behind a build',
        "dev.delivery.stages: have no build; add { kind: 'build', name: 'Build' }",
      ],
    ],
    [
      'a name twice, whatever its capitals',
      [source, build, { kind: 'test', name: 'BUILD' }, approval, deploy],
      ['dev.delivery.stages[2].name: "BUILD" is already the name of stages[1]; give each stage a name of its own'],
    ],
    [
      'an unknown kind, with what was meant',
      [source, { kind: 'biuld', name: 'Build' }, approval, deploy],
      [
        'dev.delivery.stages[1].kind: "biuld" is not one of source, build, test, approval, deploy; did you mean "build"? Known: source, build, test, approval, deploy',
      ],
    ],
    [
      'an unknown setting of a stage',
      [source, { ...build, buildSpec: 'x.yml' }, approval, deploy],
      ['dev.delivery.stages[1].buildSpec: is not a setting; did you mean "buildspec"?'],
    ],
    [
      'a buildspec outside the repository',
      [source, { ...build, buildspec: '../x.yml' }, approval, deploy],
      [
        'dev.delivery.stages[1].buildspec: "../x.yml" is not the path of a YAML file in the repository; for example "buildspec.build.yml"',
      ],
    ],
    [
      'a link in the clear',
      [source, build, { ...approval, link: 'http://example.com' }, deploy],
      [
        'dev.delivery.stages[2].link: "http://example.com" is not an address that starts with https://; for example "https://staging.example.com"',
      ],
    ],
    [
      'a name that is no name',
      [source, { ...build, name: 'build it' }, approval, deploy],
      [
        'dev.delivery.stages[1].name: "build it" is not a name of letters and digits that starts with a capital (40 characters at most); for example "Build"',
      ],
    ],
    [
      'a time that CodeBuild does not allow',
      [source, { ...build, timeoutMinutes: 3 }, approval, deploy],
      ['dev.delivery.stages[1].timeoutMinutes: 3 is not a whole number of minutes from 5 to 2160; for example 20'],
    ],
  ])('%s', (_, list, expected) => {
    expect(stages(...list)).toEqual(expected);
  });
});

describe('the rest: refuse', () => {
  test.each<[string, object, Partial<DeliverySurroundings>, string]>([
    [
      'a pipeline without a site',
      {},
      { hasWeb: false },
      'dev.web: is missing, and delivery needs it: its pipeline deploys to that site; add web, or remove delivery',
    ],
    [
      'a target that is where the pipeline stands',
      { targetAccount: '111122223333' },
      {},
      'dev.delivery.targetAccount: "111122223333" is dev.account, where the pipeline itself stands; remove it, or name the other account',
    ],
    [
      'a target for a pipeline that stands nowhere in particular',
      { targetAccount: '444455556666' },
      { account: undefined },
      'dev.account: is missing, and delivery.targetAccount needs it: the roles of two accounts name each other; give the account of the pipeline, or remove delivery.targetAccount',
    ],
    [
      'an account that is none',
      { targetAccount: 444455556666 },
      {},
      'dev.delivery.targetAccount: 444455556666 is not an account ID of 12 digits, in quotes; for example "210987654321"',
    ],
    [
      'pushes to main where data is protected',
      { repository: { ...DELIVERY.repository, protectMain: false } },
      {},
      'dev.delivery.repository.protectMain: false lets anybody push to main, which an environment with protectData deploys; set it to true, or leave it out',
    ],
    ...[0, 6, 1.5, '2'].map((approvals): [string, object, Partial<DeliverySurroundings>, string] => [
      `${JSON.stringify(approvals)} approvals`,
      { repository: { ...DELIVERY.repository, approvals } },
      {},
      `dev.delivery.repository.approvals: ${JSON.stringify(approvals)} is ${
        approvals === 6 ? 'more than 5' : 'not a whole number from 1 to 5'
      }; for example 2`,
    ]),
    [
      'approvals where none is asked for',
      { repository: { ...DELIVERY.repository, protectMain: false, approvals: 2 } },
      { protectData: false },
      'dev.delivery.repository.approvals: 2 has no meaning while protectMain is false: pull requests need no approval; remove it, or set protectMain to true',
    ],
    [
      'a name that no repository can have',
      { repository: { name: 'web.git' } },
      {},
      'dev.delivery.repository.name: "web.git" is not a name of letters, digits, dots, hyphens and underscores',
    ],
    [
      'artifacts that are gone before a rollback needs them',
      { artifactDays: 7 },
      {},
      'dev.delivery.artifactDays: 7 is not a whole number of days from 30 to 3650; for example 180',
    ],
    ['no stages', { stages: [] }, {}, 'dev.delivery.stages: [] is not a list of 1 to 50 stages'],
  ])('%s', (_, change, around, message) => {
    expect(messages(change, around)).toEqual([expect.stringContaining(message)]);
  });
});

test('every mistake at once, whatever else is malformed', () => {
  const list = [deploy, { kind: 'aproval', name: 'A' }, { kind: 'test', name: 3 }, source];
  const raw = {
    repository: { name: '', protectMain: false },
    stages: list,
    targetAccount: 'x',
    artifactDays: 0,
    extra: 1,
  };
  const paths = messages({ ...raw, logs: {} }, { hasWeb: false }).map((message) => message.split(': ')[0]);
  expect(paths.sort()).toEqual(
    [
      'dev.delivery.artifactDays',
      'dev.delivery.extra',
      'dev.delivery.logs.retentionDays',
      'dev.delivery.repository.name',
      'dev.delivery.repository.protectMain',
      'dev.delivery.stages[0].kind',
      'dev.delivery.stages[0].kind',
      'dev.delivery.stages[0].kind',
      'dev.delivery.stages[1].kind',
      'dev.delivery.stages[2].name',
      'dev.delivery.stages[3].kind',
      'dev.delivery.targetAccount',
      'dev.web',
    ].sort(),
  );
});

describe('environments together', () => {
  const messagesOf = (...inputs: object[]): string[] => {
    try {
      validateEnvironments(inputs);
      return [];
    } catch (error) {
      if (!(error instanceof ProblemsError)) throw error;
      return error.problems.map(formatProblem);
    }
  };
  const one = { ...SITE, name: 'one', delivery: DELIVERY };
  const two = { ...SITE, name: 'two', delivery: DELIVERY, network: { ...SITE.network, cidr: '10.10.0.0/16' } };

  const named = (environment: object): object => ({
    ...environment,
    delivery: { ...DELIVERY, repository: { name: 'test-web' } },
  });

  test('cannot make the same repository twice, which without names they do not', () => {
    expect(messagesOf(one, two)).toEqual([]);
    expect(messagesOf(named(one), named(two))).toEqual([
      'two.delivery.repository.name: "test-web" is the repository of one, too, and an account has one of a name in a region; give each a name of its own, or give the environments accounts of their own',
    ]);
    expect(messagesOf(named({ ...one, account: '111122223333' }), named({ ...two, account: '444455556666' }))).toEqual(
      [],
    );
  });

  test('session preferences are claimed in the account of the site, not of its pipeline', () => {
    const access = { ...SITE.access, accountPreferences: true };
    const delivery = (name: string, targetAccount: string): object => ({
      ...DELIVERY,
      repository: { name },
      targetAccount,
    });
    const tools = { account: '111122223333', access };
    const first = { ...one, ...tools, delivery: delivery('one', '444455556666') };
    expect(messagesOf(first, { ...two, ...tools, delivery: delivery('two', '777788889999') })).toEqual([]);
    expect(messagesOf(first, { ...two, ...tools, delivery: delivery('two', '444455556666') })).toEqual([
      expect.stringContaining('two.access.accountPreferences: true is claimed by one'),
    ]);
  });
});
