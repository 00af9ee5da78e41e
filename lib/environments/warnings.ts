import { firewallWarnings } from '../firewall/firewall-warnings';
import type { Problem } from '../foundation/problem';
import { webWarnings } from '../web/web-warnings';
import type { Environment } from './schema';

/** What is allowed, and better known before it is deployed. The same warning for several settings is one. */
export function warningsOf(environments: readonly Environment[]): Problem[] {
  const all = environments.flatMap(({ name, firewall, web }) => [
    ...(firewall === undefined ? [] : firewallWarnings(firewall, name)),
    ...(web === undefined ? [] : webWarnings(web, name)),
  ]);
  return all
    .filter((warning, index) => all.findIndex((other) => isAlike(other, warning)) === index)
    .map((first) => ({
      ...first,
      path: all
        .filter((other) => isAlike(other, first))
        .map(({ path }) => path)
        .join(', '),
    }));
}

function isAlike(a: Problem, b: Problem): boolean {
  return a.value === b.value && a.reason === b.reason && a.remedy === b.remedy;
}
