/** Files and folders with odd names, or that are no files: each sound is learnt, each other thing told or passed over. */
import { execFileSync } from 'node:child_process';
import { closeSync, linkSync, mkdirSync, openSync, symlinkSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { music } from '../support/music.ts';
import { wav } from '../support/recording.ts';
import type { Attack, Input, Subject } from './attack.ts';
import { type Ended, runCommand } from './command-line.ts';
import { faultsOfCommand } from './sentences.ts';

/** Sounds of which no two are alike. */
const SOUNDS = 6;

async function open(): Promise<Subject> {
  const sounds = Array.from({ length: SOUNDS }, (_, i) => wav(music(5, 8000, 700 + i).samples, 8000));
  return { take: (input) => taken(input, sounds) };
}

async function taken(input: Input, sounds: Uint8Array[]): Promise<string[]> {
  const music = input.at('music');
  mkdirSync(music);
  const named = input.below(SOUNDS);
  for (const sound of sounds.slice(0, named)) writeNamed(input, music, oddName(input), sound);
  let odd = 0;
  for (let count = input.below(4); count > 0; count--) {
    const kind = input.pick(Object.keys(things));
    input.note(kind);
    odd += await things[kind](music, `${input.below(1e9)}`);
  }
  const library = input.at('library');
  const words = ['add', '--json', '--even-if-similar', '--jobs', input.pick(['1', '2']), music];
  const ended = await runCommand(words, { library });
  if (named + odd === 0) return faultsOfCommand(words, ended, [2]);
  const failures = [...faultsOfCommand(words, ended, [odd > 0 ? 2 : 0]), ...counted(ended, named, odd)];
  if (named > 0) failures.push(...(await asked(library, named)));
  return failures;
}

function counted({ out }: Ended, named: number, odd: number): string[] {
  const rows = out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).status as string);
  const [added, failed] = ['added', 'error'].map((state) => rows.filter((status) => status === state).length);
  const isRight = added === named && failed === odd && rows.length === named + odd;
  return isRight ? [] : [`WRONG: ${added} added, ${failed} failed; not ${named} and ${odd}: ${out.slice(0, 1000)}`];
}

/** The odd names come back as single lines without what steers a terminal. */
async function asked(library: string, named: number): Promise<string[]> {
  const ended = await runCommand(['list', '--limit', '99'], { library });
  const failures = faultsOfCommand(['list'], ended, [0]);
  const lines = ended.out.split('\n').filter(Boolean);
  if (/[^\P{Cc}\n\t]|[\u202a-\u202e]/u.test(ended.out)) failures.push('RAW: control characters in the list');
  if (lines.filter((line) => /^\s*\d+\s/.test(line)).length !== named) failures.push(`WRONG: listed as ${ended.out}`);
  return failures;
}

/** Bytes of a name, and of what it ends with. */
function oddName(input: Input): Buffer {
  const words = [
    Buffer.from('Caf\xe9', 'latin1'),
    Buffer.from([0xff, 0xfe, 0xc0, 0x80]),
    Buffer.from([0xed, 0xa0, 0x80]), // a lone surrogate, as no UTF-8 has it
    Buffer.from('\u202egnos'),
    Buffer.from('two\nlines'),
    Buffer.from('\u001b[31mred\u0007'),
    Buffer.from('-rf'),
    Buffer.from('--json'),
    Buffer.from(' '),
    Buffer.from('$(touch here); `id` && "x" \'y\' | > <'),
    Buffer.from('%s%n %00 *?[a]'),
    Buffer.from('e\u0301\u{1f3b5}\ufeff\u200b'),
    Buffer.from('C:\\con'),
    Buffer.from('file:x'),
    Buffer.from('http:'),
    Buffer.from('x'.repeat(200)),
    Buffer.from('\u0434'.repeat(100)),
  ];
  const end = input.pick(['.wav', '.WAV', '.wav', '.mp3', '.flac']);
  const front = Buffer.concat([input.pick(words), input.once(3) ? input.pick(words) : Buffer.alloc(0)]).subarray(
    0,
    255 - 12,
  );
  return Buffer.concat([front, Buffer.from(` ${input.below(1e5)}${end}`)]);
}

function writeNamed(input: Input, folder: string, name: Buffer, bytes: Uint8Array): void {
  input.note(JSON.stringify(name.toString('latin1')));
  const file = openSync(Buffer.concat([Buffer.from(`${folder}/`), name]), 'w');
  writeSync(file, bytes);
  closeSync(file);
}

/** Each gives how many of the files it makes must be told as failed. */
const things: Record<string, (folder: string, name: string) => number | Promise<number>> = {
  'a named pipe'(folder, name) {
    execFileSync('mkfifo', [`${folder}/${name}.mp3`]);
    return 1;
  },
  'a socket'(folder, name) {
    const server = createServer();
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(`${folder}/${name}.mp3`, () => {
        server.unref();
        resolve(1);
      });
    });
  },
  'a link to a device'(folder, name) {
    symlinkSync('/dev/zero', `${folder}/${name}.wav`);
    return 1;
  },
  'a link to itself'(folder, name) {
    symlinkSync(`${folder}/${name}.mp3`, `${folder}/${name}.mp3`);
    return 1;
  },
  'links that lead round'(folder, name) {
    symlinkSync(`${folder}/${name} b.mp3`, `${folder}/${name} a.mp3`);
    symlinkSync(`${folder}/${name} a.mp3`, `${folder}/${name} b.mp3`);
    return 2;
  },
  'a link that leads nowhere'(folder, name) {
    symlinkSync(`${folder}/nowhere`, `${folder}/${name}.mp3`);
    return 0;
  },
  'a folder that is called like a song'(folder, name) {
    mkdirSync(`${folder}/${name}.mp3`);
    return 0;
  },
  'a link to the folder it lies in'(folder, name) {
    symlinkSync(folder, `${folder}/${name}`);
    return 0;
  },
  'an empty file'(folder, name) {
    closeSync(openSync(`${folder}/${name}.mp3`, 'w'));
    return 1;
  },
  'the same empty file under two names'(folder, name) {
    closeSync(openSync(`${folder}/${name}.mp3`, 'w'));
    linkSync(`${folder}/${name}.mp3`, `${folder}/${name} too.ogg`);
    return 2;
  },
  'folders in folders'(folder, name) {
    mkdirSync(`${folder}/${name}${'/deeper'.repeat(300)}`, { recursive: true });
    return 0;
  },
};

export const attack: Attack = { inputs: 200, patienceSeconds: 120, open };
