/** Hostile requests to a running service: it answers each in words or drops the connection, and goes on answering others. */
import { mkdirSync } from 'node:fs';
import { openLibrary } from '../../src/node/package.ts';
import { type RunningService, startServe } from '../server/running-service.ts';
import { stretchOf, temporaryFolder } from '../support/folder.ts';
import { music } from '../support/music.ts';
import { wav } from '../support/recording.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { oddRequest } from './requests/odd.ts';
import { type RawAnswer, rawRequest } from './requests/raw.ts';
import { faultsOfFault } from './sentences.ts';
import { wholeSounds } from './sounds/hostile.ts';

/** After so many requests a known clip is asked for. */
const PROBE_EVERY = 20;
const ANSWER_MS = 120_000;
const CLIP_SECONDS = 6;

async function open(): Promise<Subject> {
  const folder = temporaryFolder();
  const song = music(20, 11_025, 900);
  const library = await openLibrary(folder.at('library'));
  await library.addFile(folder.sound('Song.wav', song));
  await library.addFile(folder.sound('Victim.wav', music(10, 11_025, 901)));
  await library.close();
  // Uploads lie where the service has its temporary files.
  mkdirSync(folder.at('tmp'));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder.at('tmp');
  const service = await startServe(process.env.ATTACK_PROGRAMS ?? '', folder.at('library'), folder.at('tokens.json'), [
    ...['--max-clip', '4', '--max-recording', '8'],
  ]);
  process.env.TMPDIR = TMPDIR;
  const wholes = wholeSounds();
  const clip = new Blob([Uint8Array.from(wav(stretchOf(song, 4, CLIP_SECONDS).samples, 11_025))]);
  return {
    async take(input) {
      const failures = input.once(4) ? await raw(input, service) : await odd(input, service, wholes);
      if (input.index % PROBE_EVERY === 0) failures.push(...(await isWell(service, clip)));
      return failures;
    },
    async close() {
      service.stop();
      await service.ended;
      folder.remove();
    },
  };
}

async function odd(input: Input, service: RunningService, wholes: ReturnType<typeof wholeSounds>): Promise<string[]> {
  const { path, init, isGone } = oddRequest(input, service.token, wholes);
  input.note(`${init.method} ${path.slice(0, 200)}`);
  const gone = isGone ? AbortSignal.timeout(input.below(200)) : undefined;
  const late = AbortSignal.timeout(ANSWER_MS);
  try {
    const response = await fetch(`${service.address}${path}`, {
      ...init,
      signal: gone ? AbortSignal.any([gone, late]) : late,
    });
    const text = await response.text();
    input.note(`${response.status} ${text.slice(0, 300)}`);
    if (init.method === 'HEAD') return [];
    return wrongIn(response.status, response.headers.get('Content-Type') ?? '', text);
  } catch (error) {
    if (gone?.aborted) return [];
    if (late.aborted) return ['HANG: no answer within two minutes'];
    // One that is refused early may have its connection closed while it still sends.
    return [`LOST: ${error instanceof Error ? `${error.message} ${error.cause ?? ''}` : error}`].filter(
      (what) => !/EPIPE|ECONNRESET|other side closed|Error: gone/.test(what),
    );
  }
}

async function raw(input: Input, service: RunningService): Promise<string[]> {
  const answer: RawAnswer = await rawRequest(input, service.address);
  input.note(JSON.stringify(answer).slice(0, 300));
  return answer.isHung ? ['HANG: the connection stays open without an answer'] : [];
}

function wrongIn(status: number, type: string, text: string): string[] {
  if (status >= 500 && status !== 503 && status !== 507) return [`STATUS ${status}: ${text.slice(0, 300)}`];
  if (status < 400) return [];
  // What is no HTTP, or has too long a head, never reaches the routes.
  if (!type.startsWith('application/problem+json'))
    return [400, 431].includes(status) ? [] : [`WRONG: ${status} as ${type}`];
  const { detail } = JSON.parse(text) as { detail: string };
  return faultsOfFault({ name: 'FileDamaged', message: detail });
}

/** The same process, the right answer, and no upload left. */
async function isWell(service: RunningService, clip: Blob): Promise<string[]> {
  const failures: string[] = [];
  try {
    process.kill(service.pid, 0);
    const { matches } = await service.client('read').recognize(clip, { signal: AbortSignal.timeout(ANSWER_MS) });
    if (matches[0]?.track.title !== 'Song')
      failures.push(`WRONG: a known clip is ${matches[0]?.track.title ?? 'none'}`);
  } catch (error) {
    failures.push(`CRASH: the service answers no more: ${error}`);
  }
  return failures;
}

export const attack: Attack = { inputs: 2000, patienceSeconds: 300, open };
