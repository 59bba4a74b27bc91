/** The package as a stranger gets it: packed, put into an empty folder, and used from there. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative, resolve, sep } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { stretchOf, temporaryFolder } from '../support/folder.ts';
import { music } from '../support/music.ts';
import { install, packed } from '../support/packed.ts';
import { wav } from '../support/recording.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

/** What npm downloads. Most of it is mediabunny, which `entendu/web` brings along. */
const MOST_PACKED_BYTES = 900_000;
const root = resolve(import.meta.dirname, '../..');
const folder = temporaryFolder();
const home = folder.at('empty');
const program = join(home, 'node_modules/entendu/dist/node/cli.js');
let packedBytes: number;
const songs = ['Alder', 'Birch', 'Cedar'].map((title, i) => ({ title, sound: music(30, 11025, i + 1) }));

beforeAll(async () => {
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "type": "module" }');
  const file = await packed();
  packedBytes = statSync(file).size;
  install(file, home);
  mkdirSync(join(home, 'music'));
  for (const { title, sound } of songs) folder.sound(`empty/music/Wood - ${title}.wav`, sound);
  folder.sound('empty/clip.wav', stretchOf(songs[1].sound, 12, 8));
});
afterAll(() => folder.remove());

interface Running {
  /** Resolves when the program has written a line that has `words` in it. */
  says(words: string): Promise<void>;
  ended: Promise<{ status: number | null; out: string; err: string }>;
  process: ReturnType<typeof spawn>;
}

function start(args: string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, args, { cwd: home, env: { ...process.env, ...env } });
  let out = '';
  let err = '';
  const watchers: (() => void)[] = [];
  child.stdout.setEncoding('utf8').on('data', (words) => {
    out += words;
    for (const look of watchers) look();
  });
  child.stderr.setEncoding('utf8').on('data', (words) => {
    err += words;
  });
  const ended = new Promise<{ status: number | null; out: string; err: string }>((resolve) =>
    child.on('close', (status) => resolve({ status, out, err })),
  );
  const says = (words: string) =>
    new Promise<void>((resolve, reject) => {
      watchers.push(() => out.includes(words) && resolve());
      ended.then(() =>
        out.includes(words) ? resolve() : reject(new Error(`ended without "${words}": ${out} ${err}`)),
      );
    });
  return { says, ended, process: child };
}

const typed = (...args: string[]) => start([program, ...args]).ended;
const titles = async (library: string) =>
  (await typed('list', '--json', '--library', library)).out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).fileName);

test('the example of the README runs as it stands there', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const example = /^ {4}import \{ openLibrary \}[\s\S]*?library\.close\(\);$/m.exec(readme)?.[0] ?? '';
  expect(example.split('\n').length).toBeLessThanOrEqual(10);
  writeFileSync(join(home, 'example.js'), example);
  const { status, out, err } = await start([join(home, 'example.js')]).ended;
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out.split('\n').filter((line) => line.startsWith('added '))).toHaveLength(3);
  expect(out).toMatch(/^Birch at 1[12]\.\d s/m);
});

test('the package is small and holds only what is needed', () => {
  const into = join(home, 'node_modules/entendu');
  const files = readdirSync(into, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(into, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
  const wanted = /^(package\.json|README\.md|LICENSE|dist\/(node|web)\/[\w./-]+\.(d\.ts|js|wasm))$/;
  expect(files.filter((file) => !wanted.test(file))).toEqual([]);
  const described = JSON.parse(readFileSync(join(into, 'package.json'), 'utf8'));
  const named = JSON.stringify([described.bin, described.exports]).match(/dist\/[^"]+/g) ?? [];
  expect(named.filter((file) => !files.includes(file))).toEqual([]);
  const texts = files.map((file) => readFileSync(join(into, file), 'utf8'));
  expect(files.filter((_, i) => texts[i].includes(root))).toEqual([]); // no path of the machine that packed it
  expect(packedBytes).toBeLessThan(MOST_PACKED_BYTES);
});

test('its types hold in a strict project that checks libraries too', () => {
  const source = `import { openLibrary, UserError, type Match } from 'entendu';
const library = await openLibrary('songs', { readOnly: true });
const { recognition } = await library.recognizeFile('clip.wav', { seconds: 5, threshold: 0.9 });
const best: Match | undefined = recognition.matches[0];
const place: number | undefined = best?.offsetSeconds;
const title: string = best?.track.title ?? 'none';
export { place, title, UserError };
`;
  writeFileSync(join(home, 'typed.ts'), source);
  writeFileSync(join(home, 'mistyped.ts'), source.replace("'clip.wav'", '7'));
  const options = '--noEmit --strict --target es2022 --module nodenext --moduleResolution nodenext --types node'.split(
    ' ',
  );
  const typeRoots = ['--typeRoots', join(root, 'node_modules/@types')];
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const complaints = (file: string) =>
    spawnSync(process.execPath, [compiler, ...options, ...typeRoots, file], { cwd: home, encoding: 'utf8' }).stdout;
  expect(complaints('typed.ts')).toBe('');
  expect(complaints('mistyped.ts')).toMatch(/^mistyped\.ts\(3,\d+\): error TS2345: .*'number'.*\n$/);
});

test('files are learnt on several threads; what cannot be read is told, and the rest is there', async () => {
  const library = folder.at('mixed');
  folder.write('empty/music/broken.mp3', 'this is a shopping list');
  const { status, out, err } = await typed('add', 'music', 'missing.wav', '--jobs', '2', '--library', library);
  expect(status).toBe(2);
  expect(out).toMatch(/failed .*broken\.mp3: /);
  expect(out).toMatch(/failed .*missing\.wav: There is no such file\./);
  expect(err).toContain('3 tracks added');
  expect(err).toContain('2 failed');
  expect((await titles(library)).sort()).toEqual(songs.map(({ title }) => `Wood - ${title}.wav`));
  const again = await typed('add', 'music', '--ext', 'wav', '--library', library);
  expect(again).toMatchObject({ status: 0 });
  expect(again.err).toContain('0 tracks added');
  expect(again.err).toContain('3 already known');
});

/** Sixteen files that take a while. */
function manyFiles(name: string): string {
  mkdirSync(folder.at(name));
  for (let i = 0; i < 16; i++) {
    const { sound } = songs[i % 3];
    const rate = 44100;
    const samples = new Float32Array(20 * rate).map((_, at) => sound.samples[Math.floor(at / 4) + i * 777]);
    folder.sound(`${name}/${i}.wav`, { samples, sampleRate: rate });
  }
  return folder.at(name);
}

test.each([
  ['killed', 'SIGKILL' as const, [null]],
  // Ends by itself, or, where that takes a busy machine more than a moment, by the signal.
  ['interrupted', 'SIGINT' as const, [130, null]],
])('%s in the middle and started again, it goes on where it was', async (name, signal, expected) => {
  const files = manyFiles(name);
  const library = folder.at(`${name}-library`);
  const adding = ['add', files, '--jobs', '2', '--even-if-similar', '--library', library];
  const first = start([program, ...adding]);
  await first.says('added');
  first.process.kill(signal);
  const { status, out } = await first.ended;
  expect(expected).toContain(status);
  const told = out.split('\n').filter((line) => /^added .*\.wav: /.test(line)).length;
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThan(16);

  const second = await typed(...adding);
  expect(second.status).toBe(0);
  const known = second.out.split('\n').filter((line) => line.startsWith('known')).length;
  expect(known).toBeGreaterThanOrEqual(told);
  const all = await titles(library);
  expect(all).toHaveLength(16);
  expect(new Set(all).size).toBe(16);
});

test('clips are recognised on several threads, and answered in their order, one that cannot be read among them', async () => {
  const library = folder.at('asked');
  await typed('add', 'music', '--ext', 'wav', '--library', library);
  mkdirSync(folder.at('clips'));
  const named = [2, 0, 1, 1, 2, 0].map((song, i) => {
    folder.sound(`clips/${i}.wav`, stretchOf(songs[song].sound, 4 + 2 * i, 6));
    return songs[song].title;
  });
  const broken = folder.write('clips/6.wav', 'this is a shopping list');
  const asking = ['recognize', folder.at('clips'), '--json', '--library', library];
  const alone = await typed(...asking, '--jobs', '1');
  const together = await typed(...asking, '--jobs', '3');
  const told = ({ out }: { out: string }) =>
    out
      .split('\n')
      .filter(Boolean)
      .map((line) => ({ ...JSON.parse(line), timings: undefined }));
  expect(told(together).map(({ track, error }) => track?.title ?? error.name)).toEqual([...named, 'NotAudio']);
  expect(told(together).at(-1)).toMatchObject({ file: broken, status: 'error' });
  expect(told(together)).toEqual(told(alone));
  expect(together.status).toBe(2);
});

test('live sound is recognised as it comes: the answer ends the program, not the end of the sound', async () => {
  await typed('add', 'music', '--ext', 'wav', '--library', folder.at('live'));
  const running = start([program, 'recognize', '-', '--library', folder.at('live')]);
  const { samples } = stretchOf(songs[2].sound, 6, 14);
  running.process.stdin?.on('error', () => {}); // it stops reading when it knows
  running.process.stdin?.write(wav(samples, 11025));
  const { status, out } = await running.ended;
  expect(status).toBe(0);
  expect(out).toMatch(/-: Wood - Cedar {3}now at 0:/);
});

test('bare samples need their rate, and with it they are recognised', async () => {
  const { samples } = stretchOf(songs[0].sound, 6, 10);
  const bare = Buffer.from(wav(samples, 11025)).subarray(44);
  const hear = (...args: string[]) => {
    const running = start([program, 'recognize', '-', '--json', '--library', folder.at('live'), ...args]);
    running.process.stdin?.on('error', () => {});
    running.process.stdin?.end(bare);
    return running.ended;
  };
  expect(await hear()).toMatchObject({ status: 2, err: expect.stringContaining('--rate 44100') });
  const { status, out } = await hear('--rate', '11025');
  expect({ status, answer: JSON.parse(out) }).toMatchObject({ status: 0, answer: { track: { title: 'Alder' } } });
});

test('whoever stops reading the output is not answered with an error', async () => {
  const running = start([program, 'list', '--json', '--library', folder.at('live')]);
  running.process.stdout?.destroy();
  expect(await running.ended).toMatchObject({ err: '' });
});

test('without any decoder WAV is read, and for the rest it is told what to install', async () => {
  const mp3 = join(root, 'test/fixtures/harbour-lights.mp3');
  const env = { PATH: folder.at('nowhere') };
  const { status, out } = await start([program, 'add', mp3, 'clip.wav', '--library', folder.at('bare')], env).ended;
  expect(status).toBe(2);
  expect(out).toMatch(/added .*clip\.wav/);
  expect(out).toMatch(/harbour-lights\.mp3: .*Install ffmpeg, or the package @mediabunny\/server/);
});

test('an ffmpeg on the path decodes the rest, and may read nothing but the file', async () => {
  const fake = `#!/usr/bin/env node
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
const args = process.argv.slice(2);
if (args.some((word) => word.endsWith('.txt.mp3'))) process.exit(1);
writeFileSync(${JSON.stringify(folder.at('asked.json'))}, JSON.stringify(args));
process.stdout.write(readFileSync(${JSON.stringify(join(home, 'music/Wood - Alder.wav'))}));
`;
  mkdirSync(folder.at('bin'));
  writeFileSync(folder.at('bin/package.json'), '{ "type": "module" }');
  chmodSync(folder.write('bin/ffmpeg', fake), 0o755);
  const mp3 = join(root, 'test/fixtures/harbour-lights.mp3');
  const env = { PATH: [folder.at('bin'), dirname(process.execPath)].join(delimiter) };
  const text = folder.write('list.txt.mp3', 'this is a shopping list');
  const adding = [program, 'add', mp3, text, '--json', '--jobs', '1', '--library', folder.at('helped')];
  const { status, out } = await start(adding, env).ended;
  expect(status).toBe(2);
  const [{ track }, { error }] = out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  expect(error).toMatchObject({ name: 'NotAudio' });
  expect(track).toMatchObject({ title: 'Harbour Lights', fileName: 'harbour-lights.mp3' });
  expect(track.learntSeconds).toBeCloseTo(30, 0);
  const asked = JSON.parse(readFileSync(folder.at('asked.json'), 'utf8')).join(' ');
  expect(asked).toContain('-protocol_whitelist file');
  expect(asked).toContain(`-i file:${mp3}`);
});
