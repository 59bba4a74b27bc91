// `npm test`: check; then side by side, because none of them minds waiting: building the app, unit tests and slow tests; then what hears in
// real time: browser tests, and the same app in other browsers.
// The last line is `N passed, N failed[, N skipped]`; before it stands what failed, and what was skipped and why.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
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

/** A step that fails without reporting a failed test counts as one failure. `failures` and `skipped`: sentences. */
function count(title, ok, passed, failures = [], skipped = []) {
  const named = ok || failures.length > 0 ? failures : [`${title} (see its output above)`];
  return { passed, failures: named, skipped };
}

const firstLine = (text = '') => text.split('\n', 1)[0];

/** Failed tests of Vitest; a file that could not be read has a message, and no test. */
const failedIn = (testResults) =>
  testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failures = assertionResults
      .filter((result) => result.status === 'failed')
      .map(({ fullName, failureMessages }) => `${fullName}: ${firstLine(failureMessages[0])}`);
    if (status === 'failed' && failures.length === 0) failures.push(firstLine(message));
    return failures.map((failure) => `${relative('.', name)}: ${failure}`);
  });

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

const failedBy = (suites) =>
  suites.flatMap(({ suites: inner = [], specs = [] }) => [
    ...failedBy(inner),
    ...specs.flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected')
        .map(({ results }) => `${file}: ${title}: ${firstLine(results.at(-1)?.error?.message)}`),
    ),
  ]);

const TABLE = ' --reporter=./test/browsers/readme-table.ts';

async function vitest(title, command, how) {
  const report = `${reports}/${title.replace(' ', '-')}.json`;
  const ok = await run(title, `${command} --reporter=default --reporter=json --outputFile=${report}`, how);
  if (!existsSync(report)) return count(title, false, 0);
  const { numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return count(title, ok, numPassedTests, failedIn(testResults), skippedIn(testResults));
}

async function browser() {
  const title = 'browser tests';
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport };
  const ok = await run(title, 'npx playwright test --reporter=list,json', { env });
  if (!existsSync(browserReport)) return count(title, false, 0);
  const { stats, suites } = JSON.parse(readFileSync(browserReport, 'utf8'));
  const { expected, flaky } = stats;
  if (flaky) console.log(`${flaky} browser tests passed only at the second try`);
  return count(title, ok, expected + flaky, failedBy(suites), skippedBy(suites));
}

const checked = await run('check', 'npm run -s check');
const results = [
  count('check', checked, checked ? 1 : 0),
  ...(await Promise.all([
    run('build', 'npm run -s build', { isQuiet: true }).then((ok) => count('build', ok, 0)),
    vitest('unit tests', 'npx vitest run --project unit'),
    vitest('slow tests', 'npx vitest run --project slow --maxWorkers 2', { isQuiet: true }),
  ])),
  await browser(),
  await vitest('other browsers', `npx vitest run --project browsers --maxWorkers 2${TABLE}`),
];
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = list(
  'Failed',
  results.flatMap(({ failures }) => failures),
);
const skipped = list(
  'Skipped',
  results.flatMap((result) => result.skipped),
);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed ? 1 : 0);

/** Prints sentences below a heading; returns their number. */
function list(heading, sentences) {
  if (sentences.length > 0) console.log(`\n${heading}:\n${sentences.map((each) => `  ${each}`).join('\n')}`);
  return sentences.length;
}
