import { findSourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { install } from 'source-map-support';

/**
 * Makes stack traces, and the positions that validation reports name, those of the TypeScript sources.
 * The maps come from Node, which was given them by tsx: on disk, where source-map-support would look, there are none.
 */
export function installSourceMaps(): void {
  install({
    environment: 'node',
    retrieveSourceMap: (source) => {
      const map = findSourceMap(source)?.payload;
      if (map === undefined) return null;
      const sources = map.sources.map((name) => (name.startsWith('file:') ? fileURLToPath(name) : name));
      return { url: source, map: JSON.stringify({ ...map, sources }) };
    },
  });
}
