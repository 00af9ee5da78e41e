import type { Problem } from '../foundation/problem';
import type { ConnectSettings } from './connect-settings';
import { resiliencyOf } from './resiliency';

/** What is allowed, and better known before it is deployed. */
export function connectWarnings({ interfaces, vpn }: ConnectSettings, environment: string): Problem[] {
  const path = `${environment}.connect`;
  const warnings: Problem[] = [];
  const { model } = resiliencyOf(interfaces);
  if (model === 'development') {
    warnings.push({
      path: `${path}.interfaces`,
      reason: 'are all at one location, which fails as a whole',
      remedy: 'add one at a second location',
    });
  }
  if (model === 'single' && vpn === undefined) {
    warnings.push({
      path: `${path}.interfaces`,
      reason: 'are on one connection, and nothing backs it up',
      remedy: 'add one at a second location, or a vpn',
    });
  }
  for (const [index, { hosted }] of interfaces.entries()) {
    if (!hosted) continue;
    warnings.push({
      path: `${path}.interfaces[${index}].hosted`,
      value: true,
      reason: 'has no service level agreement with AWS',
      remedy: "read the partner's, and do not count it for a resiliency model",
    });
  }
  for (const [index, { mtu }] of interfaces.entries()) {
    if (mtu <= 1500) continue;
    warnings.push({
      path: `${path}.interfaces[${index}].mtu`,
      value: mtu,
      reason:
        'has to be the MTU of every device on the way, or large packets vanish; setting it interrupts the whole connection',
      remedy: 'make sure of it on the other side first, or keep 1500',
    });
  }
  return warnings;
}
