import { applyAllowFile, readAllowFile, type AllowEntry } from '../../lib/review/allow-file';
import { DANGERS, type Finding } from '../../lib/review/finding';
import { exitCodeOf, FAIL_ON, isForbidden, makeReport, type Report } from '../../lib/review/report';
import { renderHtml } from '../../lib/review/render-html';
import { renderJson } from '../../lib/review/render-json';
import { MARKER, renderMarkdown } from '../../lib/review/render-markdown';
import { renderText } from '../../lib/review/render-text';
import { folderOf, removeFolders } from './support/assemblies';
import { join } from 'node:path';

afterAll(removeFolders);

const EVIL =
  'a|b\\|c `x` ```\n~~~\n</td></details><script>alert(1)</script> @someone #1 [l](http://e) <!-- x --> \u202egnp \u001b[31m';

function finding(change: Partial<Finding> = {}): Finding {
  return {
    category: 'data',
    change: 'delete',
    danger: 'data-loss',
    certainty: 'will',
    stack: 'app',
    logicalId: 'Bucket',
    type: 'AWS::S3::Bucket',
    summary: '`Bucket` is deleted',
    details: [],
    notes: [],
    ...change,
  };
}

function reportOf(findings: readonly Finding[], change: Partial<Report> = {}): Report {
  return makeReport(
    { findings, prices: [], stacks: 1, hidden: { assets: 0, metadata: 0 } },
    { base: { name: 'main' }, head: { name: '.' }, failOn: 'destructive', allowProblems: [], ...change },
  );
}

test.each(FAIL_ON.map((level) => [level] as const))('--fail-on %s', (level) => {
  const forbidden = DANGERS.filter((danger) => isForbidden(finding({ danger }), level));
  expect({ level, forbidden }).toMatchSnapshot();
});

describe('allow file', () => {
  const entry = {
    stack: 'app',
    logicalId: 'Bucket',
    change: 'delete',
    danger: 'data-loss',
    reason: 'It was empty all along',
    expires: '2026-12-31',
  };

  function allow(entries: object[], today = '2026-11-23', findings = [finding()]): Report {
    const path = join(folderOf({ 'allow.json': entries }), 'allow.json');
    const { findings: judged, problems } = applyAllowFile(findings, readAllowFile(path), today, 'allow.json');
    return reportOf(judged, { allowProblems: problems });
  }

  test('an accepted change is shown, and not forbidden', () => {
    const report = allow([entry]);
    expect(exitCodeOf(report)).toBe(0);
    expect(renderMarkdown(report)).toContain('accepted until 2026-12-31: It was empty all along');
  });

  test('without it, the change is forbidden', () => {
    expect(exitCodeOf(reportOf([finding()]))).toBe(1);
  });

  test('it holds through its last day, and not longer', () => {
    expect(exitCodeOf(allow([entry], '2026-12-31'))).toBe(0);
    const late = allow([entry], '2027-01-01');
    expect(exitCodeOf(late)).toBe(1);
    expect(late.allowProblems).toMatchObject([{ reason: 'expired on 2026-12-31' }]);
  });

  test('an entry that nothing needs is an error, even where nothing is forbidden', () => {
    const report = allow([entry, { ...entry, logicalId: 'Table' }]);
    expect(report.forbidden).toBe(0);
    expect(exitCodeOf(report)).toBe(1);
    expect(renderMarkdown(report)).toContain('accepts a change that is not made here');
  });

  test('another change of the same resource is not accepted', () => {
    expect(exitCodeOf(allow([{ ...entry, change: 'replace' }]))).toBe(1);
  });

  test('a worse danger than the accepted one is not accepted', () => {
    const report = allow([{ ...entry, danger: 'destructive' }]);
    expect(report.forbidden).toBe(1);
    expect(report.allowProblems.map(({ reason }) => reason).join()).toContain('accepts less than happens here');
    expect(exitCodeOf(allow([entry], '2026-11-23', [finding({ danger: 'destructive' })]))).toBe(0);
  });

  test('what may happen is told from what will', () => {
    expect(allow([{ ...entry, certainty: 'may' }]).forbidden).toBe(1);
    expect(allow([{ ...entry, certainty: 'may' }], '2026-11-23', [finding({ certainty: 'may' })]).forbidden).toBe(0);
  });

  test('one statement is accepted by its fingerprint, and no other', () => {
    const iam = (after: string): Finding =>
      finding({ change: 'iam', danger: 'broadening', details: [{ path: 'Action', after }] });
    const [one] = reportOf([iam('s3:GetObject')]).findings;
    const accepted = { ...entry, change: 'iam', danger: 'broadening', fingerprint: one?.fingerprint };
    expect(accepted.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    const findings = applyAllowFile(
      [iam('s3:GetObject'), iam('*')],
      [accepted as AllowEntry],
      '2026-11-23',
      '',
    ).findings;
    expect(findings.map(({ allowed }) => allowed !== undefined)).toEqual([true, false]);
    const report = reportOf([iam('s3:GetObject')], { failOn: 'broadening' });
    for (const render of [renderMarkdown, renderText, renderHtml]) {
      expect(render(report)).toContain(`fingerprint ${one?.fingerprint ?? ''}`);
    }
    expect(() => allow([{ ...accepted, fingerprint: undefined }])).toThrow(/\[0\]\.fingerprint: is missing/);
  });

  test('the same entry twice', () => {
    expect(allow([entry, entry]).allowProblems).toMatchObject([
      { path: 'allow.json[1]', reason: 'accepts what an earlier entry accepts' },
    ]);
  });

  test('for a year at most', () => {
    expect(allow([{ ...entry, expires: '2027-11-23' }]).allowProblems).toEqual([]);
    const report = allow([{ ...entry, expires: '9999-12-31' }]);
    expect(report.forbidden).toBe(1);
    expect(report.allowProblems).toMatchObject([{ reason: 'expires on 9999-12-31, more than a year ahead' }]);
  });

  test('every mistake at once', () => {
    expect(() => allow([{ ...entry, change: 'delet', expires: '2026-02-30', reason: 'no' }, { stcak: 'app' }])).toThrow(
      /change.*did you mean "delete"[^]*expires[^]*\[1\]\.stcak: is not a setting/,
    );
  });
});

describe('Markdown', () => {
  const many = Array.from({ length: 60 }, (_, index) =>
    finding({
      category: index < 5 ? 'data' : index < 20 ? 'security' : 'update',
      danger: index < 5 ? 'data-loss' : index < 20 ? 'broadening' : 'none',
      logicalId: `R${String(index).padStart(2, '0')}`,
      summary: `\`R${index}\` changes`,
      details: [{ path: 'P', before: `${EVIL}${'y'.repeat(index * 40)}`, after: 'b' }],
      notes: [`a note on \`${EVIL.replace(/[`\n]/g, ' ')}\``],
    }),
  );

  test.each([2_000, 2_500, 3_000, 5_000, 10_240, 30_000, 65_536, 500_000])('in %i characters', (length) => {
    const text = renderMarkdown(reportOf(many), length);
    expect(text.length).toBeLessThanOrEqual(length);
    expect(text.startsWith(MARKER)).toBe(true);
    expect(balance(text)).toEqual({ fences: 'closed', details: 0 });
    if (length < 500_000) {
      expect(text).toContain(`Cut to ${length} characters`);
      expect(text).toContain('`R0`');
      expect(text).toMatch(/Not shown: .*under Updates/);
    } else {
      expect(text).not.toContain('Cut to');
    }
  });

  /** As a Markdown reader sees it: a fence ends with as many backquotes as it began with. */
  function balance(text: string): { fences: string; details: number } {
    let fence: string | undefined;
    let details = 0;
    for (const line of text.split('\n')) {
      const [, run] = /^ *(`{3,})$/.exec(line) ?? [];
      if (fence === undefined) {
        const markup = line.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
        details += markup.split('<details>').length - markup.split('</details>').length;
        fence = run;
      } else if (run !== undefined && run.length >= fence.length) {
        fence = undefined;
      }
    }
    return { fences: fence === undefined ? 'closed' : 'open', details };
  }

  test('nothing that a template holds is markup, a mention or a command to a terminal', () => {
    const text = renderMarkdown(
      reportOf([finding({ stack: EVIL, logicalId: EVIL, details: [{ path: EVIL, before: EVIL, after: 'b' }] })]),
    );
    expect(balance(text)).toEqual({ fences: 'closed', details: 0 });
    // eslint-disable-next-line no-control-regex -- these are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0008\u001b\u202e]/);
    const outside = text.replace(/^ *(`{3,})$[^]*?^ *\1$/gm, '').replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
    expect(outside).not.toMatch(/<script|@someone|\]\(http/);
    // Every row of a table has three cells.
    for (const row of text.split('\n').filter((line) => line.startsWith('  | '))) {
      expect(row.replace(/\\./g, '').split('|')).toHaveLength(5);
    }
  });

  test('the same findings make the same text', () => {
    expect(renderMarkdown(reportOf(many))).toBe(renderMarkdown(reportOf([...many])));
  });
});

test.each([2_000, 10_240])('the verdict and the danger are there, whatever else there is: %i', (length) => {
  const problems = Array.from({ length: 80 }, (_, index) => ({
    path: `allow.json[${index}]`,
    value: 'x'.repeat(150),
    reason: 'accepts a change that is not made here',
    remedy: 'remove it',
  }));
  const long = finding({ logicalId: 'L'.repeat(20_000), summary: 'S'.repeat(20_000) });
  const text = renderMarkdown(reportOf([long, finding()], { allowProblems: problems }), length);
  expect(text.length).toBeLessThanOrEqual(length);
  expect(text).toContain('## Infrastructure changes: 2 data loss');
  expect(text).toContain('FORBIDDEN: 2 of 2');
  expect(text).toContain('**Allow file**: allow.json&#91;0&#93;');
  expect(text).toContain('`Bucket` is deleted');
  expect(text).toMatch(/LLLL… \([\d,]+ more characters\)/);
  expect(text).toMatch(/Not shown: \d+ of 80 under Allow file/);
});

test('HTML holds no markup of a template, and allows no script', () => {
  const html = renderHtml(
    reportOf([finding({ stack: EVIL, summary: EVIL, details: [{ path: EVIL, before: EVIL, after: EVIL }] })]),
  );
  expect(html).not.toMatch(/<script|<!-- x|\u202e/);
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/(src|href)="/);
});

test('text for a terminal has no commands to it', () => {
  const text = renderText(reportOf([finding({ summary: EVIL, details: [{ path: EVIL, before: EVIL }] })]));
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  expect(text).not.toMatch(/[\u0000-\u0008\u001b\u202e]/);
});

test('JSON is the findings as they are', () => {
  expect(JSON.parse(renderJson(reportOf([finding()])))).toMatchObject({
    version: 1,
    forbidden: 1,
    failOn: 'destructive',
    findings: [{ stack: 'app', logicalId: 'Bucket', danger: 'data-loss' }],
  });
});
