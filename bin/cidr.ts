#!/usr/bin/env node
import { environments } from '../lib/environments';
import { lookUp } from '../lib/environments/look-up';
import { command, follow, runCommand, UsageError, type BuildCommand, type Main } from '../lib/foundation/command';
import { readJson, writeWhole } from '../lib/foundation/files';
import { note } from '../lib/foundation/output';
import { throwIfAny } from '../lib/foundation/problem';
import { planAddresses, type AddressPlan } from '../lib/network/address-plan';
import type { AddressPlanInput } from '../lib/network/address-plan-input';
import { drawAddressPlan } from '../lib/network/address-plan-svg';
import { describeCidr, findOverlaps } from '../lib/network/cidr-info';
import { showInfo, showOverlaps, showPlan } from '../lib/network/cidr-text';
import { isBlock, parseCidr, type Ipv4Block } from '../lib/network/ipv4';
import { addressPlanInput } from '../lib/network/network-settings';

const AFTER_HELP = `Examples
  cidr info 10.0.0.0/24
  cidr plan dev --svg plan.svg
  cidr plan --file plan.json                 of a JSON file with cidr, zones, maxZones, tiers
  cidr check 10.0.0.0/16 10.0.4.0/22

Exit codes: 0 done, 1 bad input or an overlap, 2 wrong usage.
`;

const JSON_OPTION = ['--json', 'for programs'] as const;

export const build: BuildCommand = (exit) => {
  const cidr = command(
    'cidr',
    'IPv4 blocks and address plans, as AWS counts them (five reserved addresses a subnet).',
    AFTER_HELP,
  );
  cidr
    .command('info')
    .description('what a block holds, which range it is of, what AWS reserves in it')
    .argument('<cidr>', 'a block')
    .option(...JSON_OPTION)
    .action((block, { json }) => {
      info(block, json);
    });
  cidr
    .command('plan')
    .description('the address plan of an environment, or of a JSON file')
    .argument('[environment]', 'one of lib/environments')
    .option('--file <file>', 'instead of an environment: a JSON file; - reads standard input')
    .option('--svg <file>', 'also draws it, to scale')
    .option(...JSON_OPTION)
    .action(plan);
  cidr
    .command('check')
    .description('the blocks that overlap; exit code 1 if any do')
    .argument('<cidr...>', 'two blocks or more')
    .option(...JSON_OPTION)
    .action((blocks, { json }) => {
      exit(check(blocks, json) ? 0 : 1);
    });
  return cidr;
};

export const main: Main = (args) => follow(build, args);

function info(text: string, json = false): void {
  for (const block of readBlocks([text]).map(describeCidr)) print(json ? toJson(block) : showInfo(block));
}

interface PlanOptions {
  readonly file?: string;
  readonly svg?: string;
  readonly json?: true;
}

function plan(wanted: string | undefined, { file, svg, json }: PlanOptions): void {
  const { name, addressPlan } = choosePlan(wanted, file);
  if (svg !== undefined) writeWhole(svg, drawAddressPlan(addressPlan, name), '--svg');
  print(json ? toJson(addressPlan) : showPlan(addressPlan));
}

function choosePlan(wanted: string | undefined, file: string | undefined): { name: string; addressPlan: AddressPlan } {
  if (file !== undefined && wanted === undefined) {
    const name = file === '-' ? 'standard input' : file;
    return { name, addressPlan: planAddresses(readJson(file, '--file') as AddressPlanInput) };
  }
  if (wanted === undefined || file !== undefined) {
    throw new UsageError('give either the name of one environment or --file');
  }
  const environment = lookUp(environments, wanted, ['availabilityZones', 'network'], note);
  const input = addressPlanInput(environment.network, environment.availabilityZones);
  return { name: environment.name, addressPlan: planAddresses(input) };
}

/** True if no two of the blocks overlap. */
function check(texts: readonly string[], json = false): boolean {
  if (texts.length < 2) throw new UsageError('give two CIDR blocks or more');
  const overlaps = findOverlaps(readBlocks(texts));
  print(json ? toJson({ overlaps }) : showOverlaps(overlaps));
  return overlaps.length === 0;
}

function readBlocks(texts: readonly string[]): Ipv4Block[] {
  const parsed = texts.map(parseCidr);
  throwIfAny(
    parsed.flatMap((block, index) => (isBlock(block) ? [] : [{ path: 'CIDR', value: texts[index], ...block }])),
  );
  return parsed.filter(isBlock);
}

function toJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (require.main === module) void runCommand('cidr', main);
