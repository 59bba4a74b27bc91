// Installs what is missing, and only that: `node .setup/install.mjs` for the app,
// `node .setup/install.mjs --browser` when tests need a browser too. Needs nothing but Node.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return !error && status === 0;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** npm keeps its own record of what it installed; it is older than the lock file when something is missing. */
function modulesAreCurrent() {
  const record = `${root}node_modules/.package-lock.json`;
  if (!existsSync(record)) return false;
  if (statSync(record).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs) return true;
  const wanted = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || optional || present[name]?.version === version,
  );
}

if (Number(process.versions.node.split('.')[0]) < 20)
  fail(`Entendu needs Node 20 or later; this is ${process.version}.`);

if (!modulesAreCurrent() && !run('npm', ['ci', '--include=dev', '--no-fund', '--no-audit'])) {
  fail('The node modules could not be installed. Is there a network? Then run this again.');
}

if (process.argv.includes('--browser') && !findBrowser()) {
  const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (isDebianRoot) {
    run('apt-get', ['update', '-q']);
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium']);
  } else {
    run('npx', ['playwright', 'install', 'chromium']);
  }
  if (!findBrowser()) {
    fail('No browser for the tests. Install Chromium, Chrome or Edge, or name one in the variable BROWSER_PATH.');
  }
}
