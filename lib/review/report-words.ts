import type { Category, Finding } from './finding';
import type { PriceLine } from './prices';
import { PRICES_OF } from './price-table';
import { countsOf, DANGER_NAMES, isForbidden, type Report, type Side } from './report';

/** What all renderers say in the same words. */
export const CATEGORY_TITLES: Readonly<Record<Category, string>> = {
  data: 'Data at risk',
  replacement: 'Replacements',
  security: 'Security',
  addresses: 'Address plan',
  pipeline: 'Pipelines',
  addition: 'Additions',
  update: 'Updates',
  deletion: 'Deletions',
};

export function titleOf({ findings }: Report): string {
  return findings.length === 0 ? 'No infrastructure changes' : `Infrastructure changes: ${countsOf(findings)}`;
}

export function sideText({ name, commit }: Side): string {
  const short = commit?.slice(0, 10);
  return short === undefined || name.startsWith(short) ? name : `${name} (${short})`;
}

export function verdictOf({ forbidden, failOn, findings }: Report): string {
  const accepted = findings.filter(({ allowed }) => allowed !== undefined).length;
  const also = accepted === 0 ? '' : ` ${accepted} accepted by the allow file.`;
  if (failOn === 'never') return `Nothing is forbidden (fail-on never).${also}`;
  const what = failOn === 'any' || failOn === 'data-loss' ? failOn : `${failOn} or worse`;
  return forbidden === 0
    ? `Nothing forbidden (fail-on ${what}).${also}`
    : `FORBIDDEN: ${forbidden} of ${findings.length} (fail-on ${what}).${also}`;
}

/** What a finding without a danger is called. */
const PLAIN_LABELS: Readonly<Record<Category, string>> = {
  data: 'kept',
  replacement: 'replaced',
  security: 'changed',
  addresses: 'changed',
  pipeline: 'changed',
  addition: 'added',
  update: 'updated',
  deletion: 'deleted',
};

/** `data loss`, with what is not certain. */
export function labelOf({ category, danger, certainty, direction }: Finding): string {
  if (direction === 'narrowed') return 'narrowed';
  const name = danger === 'none' ? PLAIN_LABELS[category] : DANGER_NAMES[danger];
  return certainty === 'may' ? `possibly ${name}` : name;
}

export function hiddenText({ hidden: { assets, metadata } }: Report): string | undefined {
  const parts = [
    ...(assets === 0 ? [] : [`${assets} ${assets === 1 ? 'change' : 'changes'} of assets`]),
    ...(metadata === 0 ? [] : [`${metadata} of metadata`]),
  ];
  return parts.length === 0 ? undefined : `Hidden as noise: ${parts.join(', ')}; --all shows them.`;
}

/** In US dollars a month: a total, and a line for each kind of resource. */
export function priceText(
  lines: readonly PriceLine[],
): { readonly total: string; readonly lines: string[] } | undefined {
  if (lines.length === 0) return undefined;
  const sum = lines.reduce((total, { perMonth }) => total + (perMonth ?? 0), 0);
  const open = lines.some(({ perMonth }) => perMonth === undefined) ? ', apart from what is said below' : '';
  const known = lines.some(({ perMonth }) => perMonth !== undefined);
  const total = known ? `${signed(sum)} a month${open}` : 'see below';
  return {
    total: `${total}; list prices of ${PRICES_OF}, without traffic and use${lines.some(({ estimate }) => estimate) ? '; ~ is an estimate' : ''}`,
    lines: lines.map(({ stack, what, before, after, perMonth, estimate, unknown }) => {
      const price = perMonth === undefined ? (unknown ?? 'price unknown') : `${estimate ? '~' : ''}${signed(perMonth)}`;
      return `${stack}: ${what} ${before} → ${after}, ${price}`;
    }),
  };
}

function signed(dollars: number): string {
  const amount = Math.abs(dollars)
    .toFixed(2)
    .replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${dollars < 0 ? '-' : '+'}$${amount}`;
}

/** What an entry of the allow file must name, where the finding is forbidden. */
export function fingerprintText(finding: Finding, { failOn }: Pick<Report, 'failOn'>): string | undefined {
  const { fingerprint } = finding;
  return fingerprint === undefined || !isForbidden(finding, failOn) ? undefined : `fingerprint ${fingerprint}`;
}

export function allowedText({ allowed }: Finding): string | undefined {
  return allowed === undefined ? undefined : `accepted until ${allowed.expires}: ${allowed.reason}`;
}
