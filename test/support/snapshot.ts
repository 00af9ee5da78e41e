import type { TemplateJson } from './synthesize';

const ASSET_HASH = /[0-9a-f]{64}/g;

/** A template without what differs between machines and releases of tools: the hashes of assets. */
export function stable(template: TemplateJson): unknown {
  return JSON.parse(JSON.stringify(template).replace(ASSET_HASH, '<asset hash>')) as unknown;
}
