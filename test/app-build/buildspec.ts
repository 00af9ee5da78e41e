import { parse } from 'yaml';
import { z } from 'zod';
import { throwIfAny } from '../../lib/foundation/problem';
import { shapeProblems } from '../../lib/foundation/settings';

/** In the order in which CodeBuild runs them. */
const PHASES = ['install', 'pre_build', 'build', 'post_build'] as const;

const phase = z.strictObject({
  'on-failure': z.enum(['ABORT', 'CONTINUE']).optional(),
  commands: z.array(z.string()).min(1),
});

/**
 * As much of a buildspec as ours use. Anything else is refused: it would be passed over here and done by CodeBuild.
 * Source: "Build specification reference for CodeBuild", CodeBuild User Guide.
 */
const buildspecSchema = z.strictObject({
  version: z.literal(0.2),
  env: z.strictObject({ variables: z.record(z.string(), z.string()) }).optional(),
  phases: z.strictObject({
    install: phase.optional(),
    pre_build: phase.optional(),
    build: phase.optional(),
    post_build: phase.optional(),
  }),
  reports: z
    .record(
      z.string(),
      z.strictObject({
        'base-directory': z.string(),
        files: z.array(z.string()),
        'file-format': z.literal('JUNITXML'),
      }),
    )
    .optional(),
  artifacts: z.strictObject({ files: z.array(z.string()).min(1) }).optional(),
  cache: z.strictObject({ paths: z.array(z.string()) }).optional(),
});

export type Buildspec = z.output<typeof buildspecSchema>;

/** @throws {ProblemsError} for whatever is not understood here */
export function readBuildspec(text: string, name: string): Buildspec {
  const raw: unknown = parse(text);
  throwIfAny(shapeProblems(buildspecSchema, raw, name));
  return buildspecSchema.parse(raw);
}

/**
 * A shell script that runs the phases as CodeBuild does: all commands in one shell, a phase ends at its first command that
 * fails, and so does the build, but for post_build, which follows a failed build unless that says ABORT.
 */
export function asScript({ phases }: Buildspec): string {
  const lines = ['status=0; go=yes'];
  for (const name of PHASES) {
    const phase = phases[name];
    if (phase === undefined) continue;
    lines.push(`[ "$go" = no ] || { printf '\\n-- %s\\n' ${name}; phase=0`);
    for (const command of phase.commands) {
      lines.push(`[ $phase -ne 0 ] || { printf '+ %s\\n' ${quote(command)}; eval ${quote(command)} || phase=$?; }`);
    }
    const goesOn = phase['on-failure'] === 'CONTINUE' || (name === 'build' && phase['on-failure'] !== 'ABORT');
    const failed = `printf '%s failed: exit code %s\\n' ${name} $phase >&2; status=$phase`;
    lines.push(`[ $phase -eq 0 ] || { ${failed}; ${goesOn ? ':' : 'go=no'}; }; }`);
  }
  return [...lines, 'exit $status', ''].join('\n');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
