import { renderCisco } from './cisco';
import { renderFrr } from './frr';
import { renderGeneric } from './generic';
import { renderJuniper } from './juniper';
import type { RouterPlan } from './router-plan';

const RENDERERS = { generic: renderGeneric, cisco: renderCisco, juniper: renderJuniper, frr: renderFrr } as const;

export type RouterVendor = keyof typeof RENDERERS;

export const ROUTER_VENDORS = ['generic', 'cisco', 'juniper', 'frr'] as const satisfies readonly RouterVendor[];

/** A sketch of the other side's configuration, without secrets, for somebody who knows the router. */
export function renderRouter(plan: RouterPlan, vendor: RouterVendor): string {
  return RENDERERS[vendor](plan);
}
