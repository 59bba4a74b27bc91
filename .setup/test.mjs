// `npm test`: check; then side by side, because none of them minds waiting: building the app, unit tests and slow tests; then what hears in
// real time: browser tests, and the same app in other browsers.
// The last line is `N passed, N failed[, N skipped]`; before it stands what was skipped and why.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { keepFilesInMemory } from './memory-disk.mjs';

const reports = 'test-results';
const browserReport = `${reports}/browser.json`;
/** What tests of several parts need is built here once: see `test/support/built-once.ts`. */
const built = resolve('dist', `test-${process.pid}`);
for (const folder of [reports, built]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
process.env.TEST_RUN = built;
keepFilesInMemory();
/** What a failed test leaves behind goes with it. */
const temporary = mkdtempSync(join(tmpdir(), 'entendu-test-'));
chmodSync(temporary, 0o711); // PostgreSQL, which runs as another user, has folders in it
process.env.TMPDIR = temporary;
process.once('exit', () => {
  for (const folder of [built, temporary]) rmSync(folder, { recursive: true, force: true });
});

/** Runs a command; with `isQuiet`, prints its output when it has ended. Resolves to whether it succeeded. */
function run(title, command, { env = {}, isQuiet = false } = {}) {
  const began = Date.now();
  if (!isQuiet) console.log(`\n== ${title}`);
  const stdio = isQuiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const child = spawn(command, { shell: true, stdio, env: { ...process.env, ...env } });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => output.push(bytes));
  return new Promise((resolve) => {
    child.on('close', (status) => {
      if (isQuiet) process.stdout.write(`\n== ${title}\n${Buffer.concat(output)}`);
      console.log(`== ${title}: ${Math.round((Date.now() - began) / 1000)} s`);
      resolve(status === 0);
    });
  });
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

const TABLE = ' --reporter=./test/browsers/readme-table.ts';

async function vitest(title, command, how) {
  const report = `${reports}/${title.replace(' ', '-')}.json`;
  const ok = await run(title, `${command} --reporter=default --reporter=json --outputFile=${report}`, how);
  if (!existsSync(report)) return count(false, 0, 0);
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return count(ok, numPassedTests, numFailedTests, skippedIn(testResults));
}

async function browser() {
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport };
  const ok = await run('browser tests', 'npx playwright test --reporter=list,json', { env });
  if (!existsSync(browserReport)) return count(false, 0, 0);
  const { stats, suites } = JSON.parse(readFileSync(browserReport, 'utf8'));
  const { expected, unexpected, flaky } = stats;
  if (flaky) console.log(`${flaky} browser tests passed only at the second try`);
  return count(ok, expected + flaky, unexpected, skippedBy(suites));
}

const checked = await run('check', 'npm run -s check');
const results = [
  count(checked, checked ? 1 : 0, 0),
  ...(await Promise.all([
    run('build', 'npm run -s build', { isQuiet: true }).then((ok) => count(ok, 0, 0)),
    vitest('unit tests', 'npx vitest run --project unit'),
    vitest('slow tests', 'npx vitest run --project slow --maxWorkers 2', { isQuiet: true }),
  ])),
  await browser(),
  await vitest('other browsers', `npx vitest run --project browsers --maxWorkers 2${TABLE}`),
];
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
const skipped = results.flatMap((result) => result.skipped);
if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((what) => `  ${what}`).join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exit(failed ? 1 : 0);
