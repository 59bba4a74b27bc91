// Installs what is missing: `node .setup/install.mjs` the node modules, `node .setup/install.mjs --browser` also a browser for the
// tests, `node .setup/install.mjs --browsers` also Firefox, WebKitGTK and PulseAudio. Says so before it installs anything. Needs nothing
// but Node.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findBrowser, findFirefox, findPulse, findWebKit } from './browser.mjs';

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

/** npm records what it has installed; if the record is older than the lock file, the versions are compared. */
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

if (!modulesAreCurrent()) {
  console.log('Installing node modules.');
  if (!run('npm', ['ci', '--include=dev', '--no-fund', '--no-audit'])) {
    fail('The node modules could not be installed. Check the network connection and try again.');
  }
}

const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;

function installPackages(packages) {
  run('apt-get', ['update', '-q']);
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]);
}

const wants = (option) => process.argv.includes(option);

if ((wants('--browser') || wants('--browsers')) && !findBrowser()) {
  if (isDebianRoot) {
    console.log('No browser for the tests was found. Installing the system package "chromium" with apt-get now.');
    console.log('To use another browser instead, press Ctrl-C and set BROWSER_PATH.');
    installPackages(['chromium']);
  } else {
    console.log('No browser for the tests was found. Downloading Chromium into the cache of Playwright now.');
    run('npx', ['playwright', 'install', 'chromium']);
  }
  if (!findBrowser()) {
    fail('There is no browser for the tests. Install Chromium, Chrome or Edge, or set BROWSER_PATH to one.');
  }
}

// Without them, their tests are skipped.
if (wants('--browsers')) {
  const missing = [
    ...(findFirefox() ? [] : ['firefox-esr']),
    ...(findWebKit() ? [] : ['webkit2gtk-driver', 'xvfb', 'gstreamer1.0-plugins-good', 'gstreamer1.0-libav']),
    ...(findPulse() ? [] : ['pulseaudio', 'pulseaudio-utils']),
  ];
  if (missing.length > 0 && isDebianRoot) {
    console.log(
      `Installing the system packages ${missing.join(', ')} with apt-get now, for the tests in other browsers.`,
    );
    installPackages(missing);
  } else if (missing.length > 0) {
    console.log(`Install ${missing.join(', ')} (the names are those of Debian) to run all tests in other browsers.`);
  }
}
