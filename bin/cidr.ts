#!/usr/bin/env node
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { environments } from '../lib/environments';
import { selectOne } from '../lib/environments/select';
import { validateEnvironments } from '../lib/environments/validate';
import { runCommand, UsageError } from '../lib/foundation/command';
import { readJson, writeWhole } from '../lib/foundation/files';
import { throwIfAny } from '../lib/foundation/problem';
import { planAddresses, type AddressPlan } from '../lib/network/address-plan';
import type { AddressPlanInput } from '../lib/network/address-plan-input';
import { drawAddressPlan } from '../lib/network/address-plan-svg';
import { describeCidr, findOverlaps } from '../lib/network/cidr-info';
import { showInfo, showOverlaps, showPlan } from '../lib/network/cidr-text';
import { isBlock, parseCidr, type Ipv4Block } from '../lib/network/ipv4';
import { addressPlanInput } from '../lib/network/network-settings';

const HELP = `IPv4 blocks and address plans, as AWS counts them (five reserved addresses a subnet).

  cidr info CIDR                 what a block holds, which range it is of, what AWS reserves in it
  cidr plan ENVIRONMENT          the address plan of an environment (lib/environments)
  cidr plan --file FILE          the plan of a JSON file with cidr, zones, maxZones, tiers; - reads standard input
  cidr check CIDR CIDR...        the blocks that overlap; exit code 1 if any do

Options
  --json                         for programs
  --svg FILE                     with plan: also draws it, to scale
  --help

Exit codes: 0 done, 1 bad input or an overlap, 2 wrong usage.
`;

const JSON_OPTION = { json: { type: 'boolean', default: false } } as const satisfies ParseArgsConfig['options'];

export function main([command, ...args]: string[]): number {
  if (command === undefined) throw new UsageError('say what to do: info, plan or check');
  if (command === 'help' || [command, ...args].some((arg) => arg === '--help' || arg === '-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  if (command === 'info') return info(args);
  if (command === 'plan') return plan(args);
  if (command === 'check') return check(args);
  throw new UsageError(`there is no command "${command}": info, plan or check`);
}

function info(args: string[]): number {
  const { values, positionals } = parseArgs({ args, options: JSON_OPTION, allowPositionals: true });
  if (positionals.length !== 1) throw new UsageError('info takes one CIDR block');
  const described = readBlocks(positionals).map(describeCidr);
  for (const block of described) print(values.json ? toJson(block) : showInfo(block));
  return 0;
}

function plan(args: string[]): number {
  const { values, positionals } = parseArgs({
    args,
    options: { ...JSON_OPTION, file: { type: 'string' }, svg: { type: 'string' } },
    allowPositionals: true,
  });
  const { name, addressPlan } = choosePlan(positionals, values.file);
  if (values.svg !== undefined) writeWhole(values.svg, drawAddressPlan(addressPlan, name), '--svg');
  print(values.json ? toJson(addressPlan) : showPlan(addressPlan));
  return 0;
}

function choosePlan(positionals: string[], file: string | undefined): { name: string; addressPlan: AddressPlan } {
  const [wanted] = positionals;
  if (positionals.length + (file === undefined ? 0 : 1) !== 1) {
    throw new UsageError('plan takes either the name of one environment or --file');
  }
  if (file !== undefined) {
    const name = file === '-' ? 'standard input' : file;
    return { name, addressPlan: planAddresses(readJson(file, '--file') as AddressPlanInput) };
  }
  const environment = selectOne(validateEnvironments(environments), wanted, 'plan');
  const input = addressPlanInput(environment.network, environment.availabilityZones);
  return { name: environment.name, addressPlan: planAddresses(input) };
}

function check(args: string[]): number {
  const { values, positionals } = parseArgs({ args, options: JSON_OPTION, allowPositionals: true });
  if (positionals.length < 2) throw new UsageError('check takes two CIDR blocks or more');
  const overlaps = findOverlaps(readBlocks(positionals));
  print(values.json ? toJson({ overlaps }) : showOverlaps(overlaps));
  return overlaps.length === 0 ? 0 : 1;
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
