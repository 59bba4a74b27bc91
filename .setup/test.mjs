// `npm test`: check, unit tests, slow tests, browser tests, one after the other; ends with the line `N passed, N failed`.
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

/** A step that fails without saying which test did counts as one failure. */
function count(ok, passed, failed) {
  return { passed, failed: ok ? failed : Math.max(failed, 1) };
}

function vitest(title, command) {
  const report = `${reports}/${title.replace(' ', '-')}.json`;
  const ok = run(title, `${command} --reporter=default --reporter=json --outputFile=${report}`);
  if (!existsSync(report)) return count(false, 0, 0);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  return count(ok, numPassedTests, numFailedTests);
}

function browser() {
  const ok = run('browser tests', 'npm run -s test:browser -- --reporter=list,json', {
    PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport,
  });
  if (!existsSync(browserReport)) return count(false, 0, 0);
  const { expected, unexpected, flaky } = JSON.parse(readFileSync(browserReport, 'utf8')).stats;
  if (flaky) console.log(`${flaky} of the browser tests passed at the second try only`);
  return count(ok, expected + flaky, unexpected);
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
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
