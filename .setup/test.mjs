// `npm test`: check, unit tests, slow tests, browser tests, one after the other. The last line is `N passed, N failed[, N skipped]`;
// before it stands what was skipped and why.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

const reports = 'test-results';
const browserReport = `${reports}/browser.json`;
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

function run(title, command, env = {}) {
  console.log(`\n== ${title}`);
  return spawnSync(command, { shell: true, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}

/** A step that fails without reporting a failed test counts as one failure. `skipped`: sentences. */
function count(ok, passed, failed, skipped = []) {
  return { passed, failed: ok ? failed : Math.max(failed, 1), skipped };
}

/** Tests that cannot run everywhere are in a group whose title is the reason, such as "needs /proc". */
const skippedIn = (testResults) =>
  testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => ['skipped', 'pending', 'todo', 'disabled'].includes(status))
    .map(({ ancestorTitles, title }) => `${title} (${ancestorTitles.at(-1) ?? 'no reason given'})`);

/** Playwright's suites are nested; the reason of a skipped test is an annotation. */
const skippedBy = (suites) =>
  suites.flatMap(({ suites: inner = [], specs = [] }) => [
    ...skippedBy(inner),
    ...specs.flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === 'skipped')
        .map(
          ({ annotations }) =>
            `${title} (${annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given'})`,
        ),
    ),
  ]);

function vitest(title, command) {
  const report = `${reports}/${title.replace(' ', '-')}.json`;
  const ok = run(title, `${command} --reporter=default --reporter=json --outputFile=${report}`);
  if (!existsSync(report)) return count(false, 0, 0);
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return count(ok, numPassedTests, numFailedTests, skippedIn(testResults));
}

function browser() {
  const ok = run('browser tests', 'npm run -s test:browser -- --reporter=list,json', {
    PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport,
  });
  if (!existsSync(browserReport)) return count(false, 0, 0);
  const { stats, suites } = JSON.parse(readFileSync(browserReport, 'utf8'));
  const { expected, unexpected, flaky } = stats;
  if (flaky) console.log(`${flaky} browser tests passed only at the second try`);
  return count(ok, expected + flaky, unexpected, skippedBy(suites));
}

const checked = run('check', 'npm run -s check');
const results = [
  count(checked, checked ? 1 : 0, 0),
  vitest('unit tests', 'npm run -s test:unit --'),
  vitest('slow tests', 'npx vitest run --project slow'),
  browser(),
];
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
const skipped = results.flatMap((result) => result.skipped);
if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((what) => `  ${what}`).join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exit(failed ? 1 : 0);
