import { spawnSync } from 'node:child_process';
import { planAddresses } from '../../lib/network/address-plan';
import type { AddressPlanInput } from '../../lib/network/address-plan-input';

/**
 * How long planning takes, and how it grows. A /16 holds 4,096 subnets of the smallest size, so that 10,000 subnets are
 * the plans of three VPCs.
 *
 *   npm run bench:plan
 */
const ZONES = ['a', 'b', 'c', 'd'];
const ROUNDS = 21;

function vpc(index: number, subnets: number): AddressPlanInput {
  const tiers = Array.from({ length: subnets / ZONES.length }, (_, tier) => ({
    name: `tier-${tier}`,
    hostsPerZone: 11,
  }));
  return { cidr: `10.${index}.0.0/16`, zones: ZONES, maxZones: ZONES.length, tiers };
}

function vpcs(subnets: number): AddressPlanInput[] {
  const count = Math.ceil(subnets / 4096);
  return Array.from({ length: count }, (_, index) =>
    vpc(index, Math.round(subnets / count / ZONES.length) * ZONES.length),
  );
}

/** Median, in milliseconds. */
function measure(subnets: number): number {
  const inputs = vpcs(subnets);
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    const planned = inputs.reduce((sum, input) => sum + planAddresses(input).subnets.length, 0);
    if (Math.abs(planned - subnets) > 12) throw new Error(`planned ${planned} subnets instead of ${subnets}`);
    return performance.now() - start;
  });
  times.sort((a, b) => a - b);
  return times[Math.floor(ROUNDS / 2)] ?? NaN;
}

/** In a process of its own: nothing compiled yet, and no garbage of earlier rounds. */
function cold(subnets: number): void {
  const inputs = vpcs(subnets);
  const before = process.memoryUsage.rss();
  const start = performance.now();
  const plans = inputs.map((input) => planAddresses(input));
  const elapsed = performance.now() - start;
  const grown = (process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20;
  const planned = plans.reduce((sum, plan) => sum + plan.subnets.length, 0);
  console.log(`${planned} subnets in a fresh process: ${elapsed.toFixed(1)} ms, ${grown.toFixed(0)} MiB more memory`);
}

const [mode] = process.argv.slice(2);
if (mode === '--cold') {
  cold(10_000);
} else {
  spawnSync(process.execPath, ['--import', 'tsx', __filename, '--cold'], { stdio: 'inherit' });
  for (const subnets of [1_000, 2_000, 4_000, 10_000]) {
    const median = measure(subnets);
    const each = ((median / subnets) * 1000).toFixed(2);
    console.log(`${subnets} subnets, warm: median of ${ROUNDS} ${median.toFixed(1)} ms, ${each} µs a subnet`);
  }
}
