import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { readAssembly } from '../../lib/review/assembly';
import { compareAssemblies } from '../../lib/review/compare';
import type { Finding } from '../../lib/review/finding';
import { renderHtml } from '../../lib/review/render-html';
import { makeReport } from '../../lib/review/report';

/**
 * The HTML report in a real browser, on a desk and on a phone. Apart from the other tests, because not every machine has a
 * browser: `npm run -s test:browser [-- FOLDER]` keeps the screenshots in FOLDER. Exit codes: 0 passed, 1 failed, 3 no browser.
 */
const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';
const CORPUS = join(__dirname, '../review/corpus');

/** Enough of everything on one page: data, networks, policies, a firewall, a plan, and what an attacker would write. */
const CASES = [
  'replaced-by-immutable-property',
  'bucket-deleted-retained',
  'address-plan-changed',
  'iam-broadened-by-removed-condition',
  'security-group-opened',
  'waf-rule-moved',
  'nat-gateway-added',
  'hostile-content',
  'pipeline-stages-moved',
];

const SIZES = { desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

function report(): string {
  const compared = CASES.map((name) => {
    const [base, head] = [
      readAssembly(join(CORPUS, name, 'base'), 'base'),
      readAssembly(join(CORPUS, name, 'head'), 'head'),
    ];
    return compareAssemblies(base, head);
  });
  const findings: Finding[] = compared.flatMap((each) => [...each.findings]);
  const prices = compared.flatMap((each) => [...each.prices]);
  const comparison = { findings, prices, stacks: compared.length, hidden: { assets: 3, metadata: 1 } };
  return renderHtml(
    makeReport(comparison, {
      base: { name: 'origin/main', commit: 'a'.repeat(40) },
      head: { name: 'working tree' },
      failOn: 'destructive',
      allowProblems: [],
    }),
  );
}

let failed = 0;

function check(what: string, passed: boolean): void {
  process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${what}\n`);
  if (!passed) failed += 1;
}

/** These run in the page, which this program's types do not know. */
const SCROLLS_SIDEWAYS = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
const SMALLEST_TEXT =
  'Math.min(...[...document.querySelectorAll("p, td, code, summary, h1, h2")].map((each) => parseFloat(getComputedStyle(each).fontSize)))';
const OUT_OF_SIGHT =
  '[...document.querySelectorAll("article, table, svg, pre")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1).length';

async function look(page: Page, size: keyof typeof SIZES, folder: string): Promise<void> {
  await page.setViewportSize(SIZES[size]);
  check(`${size}: nothing scrolls sideways`, (await page.evaluate(SCROLLS_SIDEWAYS)) === false);
  check(`${size}: nothing sticks out`, (await page.evaluate(OUT_OF_SIGHT)) === 0);
  check(`${size}: text of 11 pixels or more`, Number(await page.evaluate(SMALLEST_TEXT)) >= 11);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.screenshot({ path: join(folder, `report-${size}-${scheme}.png`), fullPage: true });
  }
}

async function main(): Promise<void> {
  if (!existsSync(BROWSER)) {
    process.stderr.write(`There is no browser at ${BROWSER}: apt-get install chromium, or name one in CHROMIUM.\n`);
    process.exitCode = 3;
    return;
  }
  const [kept] = process.argv.slice(2);
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'report-'));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'report.html');
  writeFileSync(file, report());
  const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const wrong: string[] = [];
    const asked: string[] = [];
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
    page.on('dialog', (dialog) => {
      wrong.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`file://${file}`);
    check('the heading says what is at stake', ((await page.textContent('h1')) ?? '').includes('data loss'));
    check('the most dangerous comes first', ((await page.textContent('main h2')) ?? '').includes('Data at risk'));
    check('every finding is there', (await page.locator('article').count()) >= CASES.length);
    check('both address plans are drawn', (await page.locator('figure svg').count()) === 2);
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    check('folded values open', await page.locator('pre').first().isVisible());
    await look(page, 'desk', folder);
    await look(page, 'phone', folder);
    check(`nothing is loaded but the page (${asked.length})`, asked.length === 1);
    check(`nothing runs, nothing complains${wrong.map((each) => `: ${each}`).join('')}`, wrong.length === 0);
  } finally {
    await browser.close();
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(failed === 0 ? 'The report reads well.\n' : `${failed} checks failed.\n`);
  if (failed > 0) process.exitCode = 1;
}

void main();
