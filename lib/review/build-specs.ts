/** What CodeBuild runs. Source: "Build specification reference", CodeBuild User Guide. */
export interface BuildSpecification {
  readonly version: '0.2';
  readonly env: { readonly shell: 'bash' };
  readonly phases: {
    readonly install: { readonly 'runtime-versions': { readonly nodejs: number } };
    readonly build: { readonly commands: readonly string[] };
  };
}

/** A release of Node.js that the build image has, and package.json accepts. */
const NODE = 22;

/**
 * Without credentials and region: templates must not depend on where they are made. It holds nothing back from code that looks
 * for credentials; that is what the role is for.
 */
const BARE = [
  'env',
  ...['RELATIVE_URI', 'FULL_URI'].map((uri) => `-u AWS_CONTAINER_CREDENTIALS_${uri}`),
  '-u AWS_REGION -u AWS_DEFAULT_REGION',
  'AWS_EC2_METADATA_DISABLED=true CDK_DISABLE_CLI_TELEMETRY=true',
].join(' ');

/** Scripts of packages are not needed to synthesize, and are nobody's code that was reviewed. */
const INSTALL = 'npm ci --ignore-scripts --no-audit --no-fund';

/** Bytes of output that go into a comment. */
const LOG_TAIL = 20_000;

/** Seconds that a comparison may take: a hundred times what it takes. Assemblies may be made to take forever. */
const LONGEST_COMPARISON = 300;

/** Characters of the report; the rest of a comment says which commits it is about. */
const REPORT_LENGTH = 10_000;

/** Synthesizes the pull request as it would be once merged. Everything in here may be the pull request's author's. */
export function synthesizeSpec(): BuildSpecification {
  // Objects are only made, never replaced: what is there when a build succeeds is what it wrote itself.
  const put = (name: string): string =>
    `aws s3api put-object --bucket "$BUCKET" --key "$ARTIFACTS/${name}" --body "$work/${name}" --if-none-match '*' > /dev/null`;
  return specOf(`
work=$(mktemp -d) || exit 1
status=0
{
  git -c user.name=review -c user.email=review@example.invalid merge --no-edit "$DESTINATION_COMMIT" &&
  ${INSTALL} &&
  ${BARE} npm run -s synth -- --no-notices --output "$work/head" &&
  npm run -s review-assembly -- pack "$work/head" "$work/head.json.gz"
} > "$work/all.log" 2>&1 || status=$?
cat "$work/all.log"
if [ "$status" -eq 0 ]; then
  ${put('head.json.gz')} || status=$?
else
  tail -c ${LOG_TAIL} "$work/all.log" > "$work/synthesis.log"
  ${put('synthesis.log')}
fi
exit "$status"
`);
}

/**
 * Compares and comments. Runs the code of the destination branch only, and the base is synthesized here, out of the pull
 * request's reach; of the pull request there is nothing but an assembly, as data.
 */
export function reportSpec(): BuildSpecification {
  const get = (name: string): string =>
    `aws s3api get-object --bucket "$BUCKET" --key "$ARTIFACTS/${name}" "$work/${name}" > /dev/null`;
  const compare =
    'npm run -s pr-diff -- --base-assembly "$DESTINATION_COMMIT" --head-assembly "$SOURCE_COMMIT" --fail-on "$FAIL_ON"';
  return specOf(`
work=$(mktemp -d) || exit 1
${INSTALL} || exit 1
code=none
if [ "$SYNTHESIS" = SUCCEEDED ]; then
  if ${get('head.json.gz')} &&
    ${BARE} npm run -s synth -- --no-notices --output "$DESTINATION_COMMIT" &&
    npm run -s review-assembly -- unpack "$work/head.json.gz" "$SOURCE_COMMIT"
  then
    code=0
    timeout ${LONGEST_COMPARISON} ${compare} --max-length ${REPORT_LENGTH} --output "$work/report.md" || code=$?
    timeout ${LONGEST_COMPARISON} ${compare} --format text || true
  fi
else
  ${get('synthesis.log')} || true
fi
npm run -s review-comment -- \\
  --pull-request "$PULL_REQUEST_ID" --revision "$REVISION_ID" --repository "$REPOSITORY" \\
  --source-commit "$SOURCE_COMMIT" --destination-commit "$DESTINATION_COMMIT" --role "$REVIEWER_ROLE" \\
  --synthesis "$SYNTHESIS" --exit-code "$code" --report "$work/report.md" --log "$work/synthesis.log"
`);
}

/** The scripts are one command each: a variable of one line is not known to the next otherwise. */
function specOf(script: string): BuildSpecification {
  return {
    version: '0.2',
    env: { shell: 'bash' },
    phases: { install: { 'runtime-versions': { nodejs: NODE } }, build: { commands: [script.trim()] } },
  };
}
