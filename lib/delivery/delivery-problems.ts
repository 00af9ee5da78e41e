import type { Problem } from '../foundation/problem';
import { elementsOf, fieldsOf, isRecord } from '../foundation/settings';
import { deliverySchema, type StageKind } from './delivery-settings';

/** What this stack needs of the environment around it; undefined for what is malformed there. */
export interface DeliverySurroundings {
  readonly account: string | undefined;
  readonly protectData: boolean | undefined;
  readonly hasWeb: boolean;
}

const KINDS: readonly StageKind[] = ['source', 'build', 'test', 'approval', 'deploy'];

/** What can be known of a stage even where other settings of it are malformed. */
interface Known {
  readonly kind: StageKind | undefined;
  readonly name: string | undefined;
}

/** What is wrong with the meaning of an environment's delivery settings; their shape is checked apart. */
export function deliveryProblems(raw: unknown, around: DeliverySurroundings, environment: string): Problem[] {
  const path = `${environment}.delivery`;
  const stages = elementsOf(raw, 'stages').map(known);
  return [
    ...surroundingProblems(raw, around, environment),
    ...repositoryProblems(raw, around, path),
    ...(stages.length === 0 ? [] : stageProblems(stages, around, `${path}.stages`)),
  ];
}

function known(stage: unknown): Known {
  const { kind, name } = isRecord(stage) ? stage : {};
  return {
    kind: KINDS.find((candidate) => candidate === kind),
    name: typeof name === 'string' ? name : undefined,
  };
}

function surroundingProblems(raw: unknown, around: DeliverySurroundings, environment: string): Problem[] {
  const { targetAccount } = fieldsOf(deliverySchema, raw);
  const problems: Problem[] = [];
  if (!around.hasWeb) {
    problems.push({
      path: `${environment}.web`,
      reason: 'is missing, and delivery needs it: its pipeline deploys to that site',
      remedy: 'add web, or remove delivery',
    });
  }
  if (targetAccount && around.account === undefined) {
    problems.push({
      path: `${environment}.account`,
      reason: 'is missing, and delivery.targetAccount needs it: the roles of two accounts name each other',
      remedy: 'give the account of the pipeline, or remove delivery.targetAccount',
    });
  }
  if (targetAccount && around.account === targetAccount) {
    problems.push({
      path: `${environment}.delivery.targetAccount`,
      value: targetAccount,
      reason: `is ${environment}.account, where the pipeline itself stands`,
      remedy: 'remove it, or name the other account',
    });
  }
  return problems;
}

function repositoryProblems(raw: unknown, { protectData }: DeliverySurroundings, path: string): Problem[] {
  const written = isRecord(raw) && isRecord(raw.repository) ? raw.repository : {};
  // One by one: another setting of the repository may be malformed.
  if (fieldsOf(deliverySchema.shape.repository, written).protectMain !== false) return [];
  const given = written.approvals;
  return [
    ...(protectData === true
      ? [
          {
            path: `${path}.repository.protectMain`,
            value: false,
            reason: 'lets anybody push to main, which an environment with protectData deploys',
            remedy: 'set it to true, or leave it out',
          },
        ]
      : []),
    ...(given === undefined
      ? []
      : [
          {
            path: `${path}.repository.approvals`,
            value: given,
            reason: 'has no meaning while protectMain is false: pull requests need no approval',
            remedy: 'remove it, or set protectMain to true',
          },
        ]),
  ];
}

function stageProblems(stages: readonly Known[], { protectData }: DeliverySurroundings, path: string): Problem[] {
  const problems = stages.flatMap((stage, index) => [
    ...nameProblems(stage, index, stages, path),
    ...orderProblems(stage, index, stages, path, protectData === true),
  ]);
  // An unknown kind may be a misspelt one of these: that is told, and nothing is missed before it is put right.
  const missing = stages.some(({ kind }) => kind === undefined)
    ? []
    : (['build', 'deploy'] as const).filter((kind) => !stages.some((stage) => stage.kind === kind));
  return [
    ...problems,
    ...missing.map((kind) => ({
      path,
      reason: `have no ${kind}`,
      remedy: `add { kind: '${kind}', name: '${kind === 'build' ? 'Build' : 'Deploy'}' }`,
    })),
  ];
}

function nameProblems({ name }: Known, index: number, stages: readonly Known[], path: string): Problem[] {
  const plain = name?.toLowerCase();
  const first = stages.findIndex((other) => plain !== undefined && other.name?.toLowerCase() === plain);
  if (first === index || first === -1) return [];
  const reason = `is already the name of stages[${first}]`;
  return [{ path: `${path}[${index}].name`, value: name, reason, remedy: 'give each stage a name of its own' }];
}

function orderProblems(
  { kind }: Known,
  index: number,
  stages: readonly Known[],
  path: string,
  protectData: boolean,
): Problem[] {
  const at = `${path}[${index}].kind`;
  // What is not known yet may turn out to be what is missed here.
  const before = stages.slice(0, index).map((stage) => stage.kind);
  const lacks = (wanted: StageKind): boolean => !before.includes(wanted) && !before.includes(undefined);
  const problem = (reason: string, remedy: string): Problem => ({ path: at, value: kind, reason, remedy });
  const found: Problem[] = [];
  if (kind === undefined) return [];
  if (index === 0 && kind !== 'source') {
    found.push(
      problem('comes first, where a pipeline needs its source', "begin with { kind: 'source', name: 'Source' }"),
    );
  }
  if (index > 0 && kind === 'source') {
    found.push(problem('is not the first stage, and a pipeline has one source, at its beginning', 'remove it'));
  }
  if ((kind === 'deploy' || kind === 'test') && lacks('build')) {
    const what = kind === 'deploy' ? 'there is nothing to deploy' : 'there is no bundle to test';
    found.push(problem(`comes before any build, so ${what}`, 'move it behind a build'));
  }
  if (kind === 'approval' && before.at(-1) === 'approval') {
    found.push(problem('follows another approval, and asks the same again', 'remove one of them'));
  }
  if (kind === 'approval' && index === stages.length - 1) {
    found.push(problem('is the last stage, and nothing waits for it', 'move it before a deploy, or remove it'));
  }
  // What is approved is the bundle that is there by then: one that is built later nobody has seen.
  const isApproved = before.lastIndexOf('approval') > before.lastIndexOf('build');
  if (kind === 'deploy' && protectData && !isApproved && !before.includes(undefined)) {
    found.push(
      problem(
        'is reached without an approval of its bundle, in an environment with protectData',
        "put { kind: 'approval', name: 'Approval' } between the last build before it and it",
      ),
    );
  }
  return found;
}
