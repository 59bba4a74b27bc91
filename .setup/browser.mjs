// Finds the browsers for the tests on this machine; undefined for those that are missing.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'msedge.exe',
  'chrome.exe',
];

const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Browsers that Playwright has downloaded earlier. */
function downloaded() {
  const caches = { darwin: 'Library/Caches', win32: 'AppData/Local' };
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), caches[process.platform] ?? '.cache', 'ms-playwright');
  if (!existsSync(cache)) return [];
  const inside = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-win/chrome.exe',
    'chrome-win64/chrome.exe',
  ];
  return readdirSync(cache)
    .filter((name) => name.startsWith('chromium-'))
    .flatMap((name) => inside.map((path) => join(cache, name, path)));
}

/** Where programs of these names would be on the path. */
const onPath = (names) =>
  (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));

const present = (paths) => paths.find((path) => path && existsSync(path));

/** Chromium, Chrome or Edge. */
export function findBrowser() {
  return present([process.env.BROWSER_PATH, ...onPath(names), ...elsewhere, ...downloaded()]);
}

export function findFirefox() {
  return present([
    process.env.FIREFOX_PATH,
    ...onPath(['firefox-esr', 'firefox', 'firefox.exe']),
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ]);
}

/** WebKitGTK's driver, its small browser, and a screen for it. */
export function findWebKit() {
  const driver = present(onPath(['WebKitWebDriver']));
  const xvfb = present(onPath(['Xvfb']));
  const libraries = [
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/usr/lib64',
    '/usr/lib',
    '/usr/libexec',
  ];
  const miniBrowser = present(
    libraries.flatMap((folder) => ['4.1', '6.0', '4.0'].map((api) => `${folder}/webkit2gtk-${api}/MiniBrowser`)),
  );
  return driver && xvfb && miniBrowser ? { driver, xvfb, miniBrowser } : undefined;
}

/**
 * What Chromium is started with in tests: no sandbox, because it needs rights that containers seldom give; and no suggestions below the
 * address bar, because each window would start a process for them, which took a tenth of the time of all browser tests. Chromium takes only
 * the last list of features, so what matters of Playwright's is repeated.
 */
export const browserArgs = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  `--disable-features=${[
    ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
    ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'LensOverlay'],
    ...['HttpsFirstBalancedModeAutoEnable', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning'],
    ...['AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled'],
    'PreconnectToSearch',
  ]}`,
];

/** PulseAudio's server, its player and its recorder, for a microphone that hears what is played. */
export function findPulse() {
  const pulseaudio = present(onPath(['pulseaudio']));
  const paplay = present(onPath(['paplay']));
  const parec = present(onPath(['parec']));
  return pulseaudio && paplay && parec ? { pulseaudio, paplay, parec } : undefined;
}
