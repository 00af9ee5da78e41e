import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAssembly } from '../../lib/review/assembly';
import { compareAssemblies } from '../../lib/review/compare';
import { renderHtml } from '../../lib/review/render-html';
import { renderMarkdown } from '../../lib/review/render-markdown';
import { makeReport } from '../../lib/review/report';

/**
 * How long it takes to compare 100 stacks of 200 resources, of which one in ten changes, in a fresh process: reading,
 * comparing and rendering. `npm run bench:pr-diff`; exits with 1 if it falls behind what is promised.
 */
const PROMISES = { seconds: 5, peakMiB: 500 } as const;
const STACKS = 100;
const RESOURCES = 200;

type Json = Record<string, unknown>;

/** A mix: networks, roles with policies, security groups, tables, functions that refer to each other. */
function resource(index: number, changes: boolean): Json {
  const previous = `R${index - (index % 10)}`;
  switch (index % 10) {
    case 0:
      return { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: changes ? '10.1.0.0/16' : '10.0.0.0/16' } };
    case 1:
    case 2:
      return { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: previous }, CidrBlock: `10.0.${index}.0/24` } };
    case 3:
      return {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'g',
          VpcId: { Ref: previous },
          SecurityGroupIngress: [
            { CidrIp: changes ? '0.0.0.0/0' : '10.0.0.0/8', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 },
          ],
        },
      };
    case 4:
      return {
        Type: 'AWS::DynamoDB::Table',
        Properties: { TableName: changes ? 'b' : 'a', KeySchema: [{ AttributeName: 'id' }] },
      };
    case 5:
      return {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: {
            Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'x' } }],
          },
        },
      };
    case 6:
      return {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: `R${index - 1}` }],
          PolicyDocument: {
            Statement: Array.from({ length: 5 }, (_, each) => ({
              Effect: 'Allow',
              Action: ['s3:GetObject', 's3:PutObject', changes ? 's3:*' : 's3:ListBucket', 'kms:Decrypt'],
              Resource: [{ 'Fn::GetAtt': [`R${index - 2}`, 'Arn'] }, `arn:aws:s3:::bucket-${each}/*`],
            })),
          },
        },
      };
    default:
      return {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Role: { 'Fn::GetAtt': [`R${index - (index % 10) + 5}`, 'Arn'] },
          MemorySize: changes ? 512 : 256,
          Environment: { Variables: { TABLE: { Ref: previous }, TEXT: 'x'.repeat(400) } },
        },
      };
  }
}

function write(directory: string, changed: boolean): void {
  mkdirSync(directory, { recursive: true });
  const artifacts: Json = {};
  for (let stack = 0; stack < STACKS; stack++) {
    const Resources = Object.fromEntries(
      Array.from({ length: RESOURCES }, (_, index) => [
        `R${index}`,
        resource(index, changed && (index + stack) % 10 === 0),
      ]),
    );
    const id = `stack-${stack}`;
    artifacts[id] = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/ap-northeast-1',
      properties: { templateFile: `${id}.template.json` },
    };
    writeFileSync(join(directory, `${id}.template.json`), JSON.stringify({ Resources }, undefined, 1));
  }
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ version: '48.0.0', artifacts }));
}

/** In a process of its own. */
function measure(folder: string): void {
  const start = performance.now();
  const [base, head] = [readAssembly(join(folder, 'base'), 'base'), readAssembly(join(folder, 'head'), 'head')];
  const read = performance.now();
  const comparison = compareAssemblies(base, head);
  const compared = performance.now();
  const report = makeReport(comparison, {
    base: { name: 'base' },
    head: { name: 'head' },
    failOn: 'never',
    allowProblems: [],
  });
  const length = renderMarkdown(report).length + renderHtml(report).length;
  const seconds = (performance.now() - start) / 1000;
  const peakMiB = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${comparison.findings.length} findings in ${seconds.toFixed(2)} s: read ${(read - start).toFixed(0)} ms, compared ${(compared - read).toFixed(0)} ms, ` +
      `rendered ${(performance.now() - compared).toFixed(0)} ms (${length} characters); peak ${peakMiB.toFixed(0)} MiB`,
  );
  if (comparison.findings.length < STACKS * 10) throw new Error('it did not find what changed');
  const kept = seconds < PROMISES.seconds && peakMiB < PROMISES.peakMiB;
  console.log(`${kept ? 'kept  ' : 'BROKEN'}  under ${PROMISES.seconds} s and ${PROMISES.peakMiB} MiB`);
  if (!kept) process.exitCode = 1;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  const temporary = mkdtempSync(join(tmpdir(), 'pr-diff-bench-'));
  try {
    write(join(temporary, 'base'), false);
    write(join(temporary, 'head'), true);
    const { status } = spawnSync(process.execPath, ['--import', 'tsx', __filename, temporary], { stdio: 'inherit' });
    process.exitCode = status ?? 1;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
} else {
  measure(folder);
}
