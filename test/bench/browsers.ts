/**
 * `npm run bench -- browsers [--only firefox]`: the built app (`npm run build`) in each browser that is installed hears six songs
 * through a microphone of PulseAudio, as a person would play them. From the microphone's permission until the title stands on the
 * screen, and until the first sound is evaluated.
 */
import { join } from 'node:path';
import { findBrowser, findFirefox, findPulse, findWebKit } from '../../.setup/browser.mjs';
import { openChromium } from '../browsers/chromium.ts';
import { openFirefox } from '../browsers/firefox.ts';
import { openPulseMicrophone, type PulseMicrophone } from '../browsers/pulse-microphone.ts';
import type { Opening, Page } from '../browsers/webdriver.ts';
import { openWebKit } from '../browsers/webkit.ts';
import type { Plan } from '../support/music/composer.ts';
import { songs } from '../support/music/songs.ts';
import { heard, wav } from '../support/recording.ts';
import { serveFolder } from '../support/static-server.ts';
import { part } from './live.ts';
import { noteMoments } from './microphone.ts';
import { type Measured, measured, rounded } from './table.ts';

const browsers: Record<string, [isHere: () => unknown, open: (how: Opening) => Promise<Page>]> = {
  chromium: [findBrowser, openChromium],
  firefox: [findFirefox, openFirefox],
  webkit: [findWebKit, openWebKit],
};

const fixture = (name: string) => join(import.meta.dirname, '../fixtures', name);
const files = [
  'harbour-lights.mp3',
  'paper-kites.m4a',
  'night-bus.ogg',
  'copper-rain.opus',
  'low-tide.flac',
  'first_snow.aiff',
];
const played = [
  songs.harbourLights,
  songs.paperKites,
  songs.nightBus,
  songs.copperRain,
  songs.lowTide,
  songs.firstSnow,
];

export async function run(args: string[]): Promise<Measured> {
  if (!findPulse()) throw new Error('PulseAudio is missing: node .setup/install.mjs --browsers');
  const only = args[args.indexOf('--only') + 1];
  const rows = [];
  for (const [name, [isHere, open]] of Object.entries(browsers)) {
    if (isHere() && (!args.includes('--only') || only === name)) rows.push(...rowsOf(name, await inBrowser(open)));
  }
  return measured({ title: 'The app hears six songs through a microphone', rows }, []);
}

async function inBrowser(open: (how: Opening) => Promise<Page>): Promise<Answer[]> {
  const served = await serveFolder(join(import.meta.dirname, '../../dist/app/'));
  const microphone = await openPulseMicrophone();
  const page = await open({ env: microphone.env });
  try {
    await page.goTo(`${served.url}#library`);
    await page.open('button', 'Add songs', '.add-ways');
    await page.choose('.add-ways ~ input[multiple]', files.map(fixture));
    await page.find('text', `${files.length} songs learnt`, { seconds: 120 });
    const answers = [];
    for (const plan of played) answers.push(await hear(page, served.url, microphone, plan));
    return answers;
  } finally {
    await page.close();
    await microphone.close();
    served.close();
  }
}

interface Answer {
  isRight: boolean;
  /** Milliseconds since the permission. */
  first: number;
  whole: number;
}

async function hear(page: Page, url: string, microphone: PulseMicrophone, plan: Plan): Promise<Answer> {
  await page.goTo('about:blank');
  await page.goTo(`${url}#`);
  await page.run(noteMoments);
  await microphone.play(wav(heard(plan, { fromSeconds: 4, seconds: 24 }), 48_000));
  await page.click('button', /^Listen$/);
  const named = await page.run(answered);
  const { given = 0, heard: first = 0, answered: whole = 0 } = await page.run(() => window.moments);
  microphone.hush();
  // One title comes from the name of its file, in small letters.
  return { isRight: named.toLowerCase() === plan.title.toLowerCase(), first: first - given, whole: whole - given };
}

/** Runs in the page: what it answers within half a minute. Asking again and again from outside would slow it down. */
function answered(): Promise<string> {
  return new Promise((resolve) => {
    const look = () => document.querySelector('.found-title')?.textContent;
    const end = setTimeout(() => resolve(''), 30_000);
    const watch = new MutationObserver(() => {
      const named = look();
      if (!named) return;
      watch.disconnect();
      clearTimeout(end);
      resolve(named);
    });
    watch.observe(document, { subtree: true, childList: true });
  });
}

function rowsOf(name: string, answers: Answer[]) {
  const right = answers.filter(({ isRight }) => isRight);
  const waits = right.map(({ whole }) => whole / 1000);
  const firsts = answers.map(({ first }) => first);
  return [
    { what: `${name}: right`, value: right.length, unit: '', note: `of ${answers.length}` },
    { what: `${name}: permission to the title, median`, value: rounded(part(waits, 0.5)), unit: 's', note: '2.5' },
    { what: `${name}: the same, slowest`, value: rounded(Math.max(...waits)), unit: 's' },
    { what: `${name}: permission to the first sound`, value: rounded(part(firsts, 0.5)), unit: 'ms' },
  ];
}
