import type { InterfaceSettings } from './connect-settings';

/**
 * What a layout of connections withstands, and what AWS promises for it.
 * Source: "Direct Connect Resiliency Toolkit", AWS Direct Connect User Guide; "AWS Direct Connect Service Level Agreement".
 */
export interface Resiliency {
  readonly model: 'maximum' | 'high' | 'development' | 'single' | 'none';
  /** In words, with its condition. */
  readonly serviceLevel: string;
  /** What it lacks to the next model. */
  readonly lacks: readonly string[];
}

type Connected = Pick<InterfaceSettings, 'connection' | 'location' | 'device' | 'hosted'>;

/** A LAG counts as one connection, and a hosted connection has no service level agreement. */
export function resiliencyOf(interfaces: readonly Connected[]): Resiliency {
  if (interfaces.length === 0) {
    return { model: 'none', serviceLevel: 'none', lacks: ['a virtual interface on a connection'] };
  }
  const dedicated = interfaces.filter(({ hosted }) => !hosted);
  const devices = devicesByLocation(dedicated);
  const pairs = [...devices.values()].filter((count) => count >= 2).length;
  const hosted = interfaces.length - dedicated.length;
  const uncounted =
    hosted === 0
      ? []
      : [`dedicated connections: ${hosted} hosted ${hosted === 1 ? 'one counts' : 'ones count'} for no agreement`];
  if (pairs >= 2) {
    return {
      model: 'maximum',
      serviceLevel: '99.99 % a month, with Enterprise Support and a Well-Architected review',
      lacks: [],
    };
  }
  if (devices.size >= 2) {
    return {
      model: 'high',
      serviceLevel: '99.9 % a month, with Enterprise Support',
      lacks: [
        ...uncounted,
        ...[...devices]
          .filter(([, count]) => count < 2)
          .slice(0, 2 - pairs)
          .map(([location]) => `a second connection on another device at ${location}`),
      ],
    };
  }
  const [only] = devices.keys();
  const elsewhere = 'a connection at a second location';
  if (pairs === 1) {
    return {
      model: 'development',
      serviceLevel: '95 % a month: both devices are at one location',
      lacks: [...uncounted, elsewhere],
    };
  }
  return {
    model: 'single',
    serviceLevel: only === undefined ? 'none: hosted connections only' : '95 % a month: one connection',
    lacks: [...uncounted, elsewhere],
  };
}

/** How many devices there are at each location. Without a word which device, each connection is taken for one of its own. */
function devicesByLocation(interfaces: readonly Connected[]): Map<string, number> {
  const devices = new Map<string, Set<string>>();
  for (const { location, device, connection } of interfaces) {
    devices.set(location, new Set([...(devices.get(location) ?? []), device ?? connection]));
  }
  return new Map([...devices].map(([location, set]) => [location, set.size]));
}
