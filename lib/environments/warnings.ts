import { connectWarnings } from '../connect/connect-warnings';
import { firewallWarnings } from '../firewall/firewall-warnings';
import type { Problem } from '../foundation/problem';
import { noticesWarnings } from '../notices/notices-warnings';
import { webWarnings } from '../web/web-warnings';
import type { Environment } from './schema';

/** As many settings are named one by one; of more, the first and a count. */
const MOST_PATHS_SHOWN = 3;

/** What is allowed, and better known before it is deployed. The same warning for several settings is one. */
export function warningsOf(environments: readonly Environment[]): Problem[] {
  const groups = new Map<string, [Problem, ...Problem[]]>();
  for (const warning of environments.flatMap(warningsOfOne)) {
    const key = JSON.stringify([warning.reason, warning.remedy]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [warning]);
    else group.push(warning);
  }
  return [...groups.values()].map(fold);
}

function warningsOfOne({ name, notices, firewall, web, connect }: Environment): Problem[] {
  return [
    ...noticesWarnings(notices, name),
    ...(firewall === undefined ? [] : firewallWarnings(firewall, name)),
    ...(web === undefined ? [] : webWarnings(web, name)),
    ...(connect === undefined ? [] : connectWarnings(connect, name)),
  ];
}

/** The value is shown where all have the same: of fifty paths of parameters, one would stand for nothing. */
function fold(alike: readonly [Problem, ...Problem[]]): Problem {
  const [{ path, value, reason, remedy }, ...others] = alike;
  const paths = alike.map((warning) => warning.path);
  return {
    path: alike.length > MOST_PATHS_SHOWN ? `${path} and ${alike.length - 1} more` : paths.join(', '),
    ...(others.every((other) => other.value === value) ? { value } : {}),
    reason,
    remedy,
  };
}
