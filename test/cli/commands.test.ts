import { cpSync, existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { commands, run } from '../../src/cli/dispatch.ts';
import { typedName } from '../../src/cli/options.ts';
import { openLibrary } from '../../src/node/package.ts';
import { joined, stretchOf, temporaryFolder } from '../support/folder.ts';
import { music, noise } from '../support/music.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = temporaryFolder();
const library = folder.at('library');
const songs = ['Alder', 'Birch', 'Cedar'].map((title, i) => ({ title, sound: music(30, 11025, i + 1) }));
const stranger = music(20, 11025, 77);

beforeAll(async () => {
  const open = await openLibrary(library);
  for (const { title, sound } of songs) {
    const added = await open.addFile(folder.sound(`Wood - ${title}.wav`, sound));
    expect(added.state).toBe('added');
  }
  await open.close();
});
afterAll(() => folder.remove());
afterEach(() => vi.restoreAllMocks());

/** Runs a command as typed and collects what it writes. */
async function typed(...words: string[]) {
  const printed: string[] = [];
  const notes: string[] = [];
  const terminal = {
    print: (line: string) => printed.push(line),
    note: (line: string) => notes.push(line),
    progress() {},
    paint: (_: string, words: string) => words,
    isWatched: false,
  };
  const where = words.length === 0 || words.includes('--library') ? [] : ['--library', library];
  const status = await run([...words, ...where], terminal);
  return { status, printed, notes, text: [...printed, ...notes].join('\n') };
}

test('every command has help that shows its usage, each option and an example', async () => {
  for (const { name, options, examples } of commands) {
    const { status, text, printed } = await typed(name, '--help');
    expect(status).toBe(0);
    expect(text).toContain(`entendu ${name}`);
    const listed = printed.slice(printed.indexOf('Options') + 1, printed.indexOf('Examples'));
    const named = listed.flatMap((line) => /^ {4}(?:-\w, | {4})--([\w-]+)/.exec(line)?.[1] ?? []);
    expect(named.sort(), name).toEqual([...Object.keys(options).map(typedName), 'help', 'library'].sort());
    expect(text).toContain(examples[0][0]);
    expect(Math.max(...printed.map((line) => line.length))).toBeLessThanOrEqual(100);
  }
});

test('duplicates tells which track holds an excerpt of which, and when there are none', async () => {
  const where = folder.at('with-excerpt');
  cpSync(library, where, { recursive: true });
  expect(await typed('duplicates')).toMatchObject({ status: 1, notes: ['No two tracks share sound.'] });
  const excerpt = folder.sound('Excerpt.wav', stretchOf(songs[1].sound, 8, 14));
  const open = await openLibrary(where);
  await open.addFile(excerpt, { evenIfSimilar: true });
  await open.close();
  const { status, printed } = await typed('duplicates', '--library', where);
  expect(status).toBe(0);
  expect(printed).toHaveLength(1);
  expect(printed[0]).toMatch(/^2 .*Birch {2}contains {2}4 Excerpt {3}0:0[78] = 0:0/);
  expect(await typed('duplicates', '--library', where, '--keep', '2,9')).toMatchObject({ status: 2 });
  expect(await typed('duplicates', '--library', where, '--keep', '2,4')).toMatchObject({ status: 0 });
  expect(await typed('duplicates', '--library', where)).toMatchObject({ status: 1 });
});

test('a command that changes a library which was mended tells so', async () => {
  const damaged = folder.at('damaged');
  cpSync(library, damaged, { recursive: true });
  const file = `${damaged}/data.mdb`;
  const bytes = readFileSync(file);
  bytes.fill(0, 24, 32); // of the first header
  writeFileSync(file, bytes);
  utimesSync(file, new Date(0), new Date(0)); // the older header names this process as the writer, long silent
  const mended = expect.arrayContaining([expect.stringMatching(/^damaged: The library was damaged.*kept as/)]);
  const bundle = folder.at('some.entendu');
  expect((await typed('export', bundle)).status).toBe(0);
  for (const words of [
    ['add', folder.at('Wood - Alder.wav')],
    ['import', bundle],
    ['rename', '1', 'Elm'],
    ['remove', '1'],
  ])
    expect(await typed(...words, '--library', damaged)).toMatchObject({ notes: mended });
});

test('without words all commands are named; a wrong one is told the right one', async () => {
  const { status, text } = await typed();
  expect(status).toBe(0);
  for (const { name } of commands) expect(text).toContain(name);
  expect(await typed('fingerprint', 'x')).toMatchObject({
    status: 2,
    notes: [expect.stringContaining('"entendu add"')],
  });
  expect(await typed('lsit')).toMatchObject({ status: 2, notes: [expect.stringContaining('"entendu list"')] });
});

test('a clip of a known song is found, with its place; the exit status says so', async () => {
  const clip = folder.sound('clip.wav', stretchOf(songs[1].sound, 12, 8));
  const { status, printed } = await typed('recognize', clip);
  expect(status).toBe(0);
  expect(printed[0]).toMatch(/clip\.wav: Wood - Birch {3}at 0:1[12]\.\d/);
});

test('a stranger is no match, status 1; an unreadable file an error, status 2, and the others are answered', async () => {
  const unknown = folder.sound('unknown.wav', stretchOf(stranger, 2, 8));
  expect(await typed('recognize', unknown)).toMatchObject({ status: 1, printed: [`${unknown}: no match`] });
  const clip = folder.sound('known.wav', stretchOf(songs[0].sound, 5, 8));
  const { status, printed } = await typed('recognize', folder.at('missing.wav'), clip);
  expect(status).toBe(2);
  expect(printed[0]).toContain('There is no such file.');
  expect(printed[1]).toContain('Wood - Alder');
});

test('JSON has one object per file, with the fields that the help names', async () => {
  const clip = folder.sound('json.wav', stretchOf(songs[2].sound, 8, 10));
  const broken = folder.write('broken.wav', 'not sound at all');
  const unknown = folder.sound('other.wav', stretchOf(stranger, 2, 8));
  const { printed } = await typed('recognize', '--json', clip, broken, unknown);
  const [match, error, none] = printed.map((line) => JSON.parse(line));
  expect(match).toMatchObject({
    file: clip,
    status: 'match',
    track: { id: 3, title: 'Cedar', artist: 'Wood', fileName: 'Wood - Cedar.wav' },
    others: expect.any(Array),
    timings: { totalMs: expect.any(Number) },
  });
  expect(match.offsetSeconds).toBeCloseTo(8, 0);
  expect(match.speed).toBeCloseTo(1, 2);
  expect(match.confidence).toBeGreaterThan(0.5);
  expect(error).toMatchObject({ file: broken, status: 'error', error: { message: expect.any(String) } });
  expect(none).toMatchObject({ file: unknown, status: 'none' });
  expect(none).not.toHaveProperty('track');
});

test("dejavu's scripts find their fields", async () => {
  const clip = folder.sound('dejavu.wav', stretchOf(songs[0].sound, 10, 8));
  const answer = JSON.parse((await typed('recognize', '--format', 'dejavu', clip)).printed[0]);
  expect(Object.keys(answer)).toEqual(
    expect.arrayContaining(['total_time', 'fingerprint_time', 'query_time', 'align_time', 'results']),
  );
  expect(Object.keys(answer.results[0])).toEqual(
    'song_id song_name input_total_hashes fingerprinted_hashes_in_db hashes_matched_in_input input_confidence fingerprinted_confidence offset offset_seconds file_sha1'.split(
      ' ',
    ),
  );
  expect(answer.results[0]).toMatchObject({ song_id: 1, song_name: 'Wood - Alder' });
  expect(answer.results[0].offset_seconds).toBeCloseTo(10, 0);
  expect(answer.results[0].offset * (2048 / 44100)).toBeCloseTo(answer.results[0].offset_seconds, 1);
});

test('music late in a long file is found, and its place is that of the beginning of the file', async () => {
  const silence = { samples: noise(25 * 11025, 0.001), sampleRate: 11025 };
  const long = folder.sound('long.wav', joined(silence, stretchOf(songs[1].sound, 4, 20)));
  const { status, printed } = await typed('recognize', '--json', long);
  expect(status).toBe(0);
  expect(JSON.parse(printed[0]).offsetSeconds).toBeCloseTo(4 - 25, 0);
});

test('a recording of several songs becomes a list of them, in their order', async () => {
  const tape = folder.sound('tape.wav', joined(stretchOf(songs[2].sound, 18, 12), stretchOf(songs[0].sound, 0, 10)));
  const { status, printed } = await typed('tracklist', '--json', tape);
  expect(status).toBe(0);
  const entries = JSON.parse(printed[0]).stretches;
  expect(entries.map(({ track }: { track: { title: string } }) => track.title)).toEqual(['Cedar', 'Alder']);
  expect(entries[0].trackSeconds - entries[0].fromSeconds).toBeCloseTo(18, 0);
  expect(entries[1].fromSeconds).toBeCloseTo(12, 0);
  expect(entries[1].trackSeconds).toBeCloseTo(0, 0);
});

test('tracks are listed, searched and shown, by number or by words', async () => {
  expect((await typed('list')).printed).toEqual([
    '1  0:30  Wood - Alder',
    '2  0:30  Wood - Birch',
    '3  0:30  Wood - Cedar',
  ]);
  expect((await typed('list', 'BIRCH')).printed).toHaveLength(1);
  expect(await typed('list', 'oak')).toMatchObject({ status: 1, printed: [] });
  expect(JSON.parse((await typed('list', '--json', '--limit', '1')).printed[0])).toMatchObject({ title: 'Alder' });
  expect((await typed('show', 'cedar')).text).toContain('Wood - Cedar.wav');
  const { status, text } = await typed('show', 'wood');
  expect(status).toBe(2);
  expect(text).toContain('matches 3 tracks');
});

test('a track gets another name, keeps its number, and may be kept from answering', async () => {
  expect((await typed('rename', '2', 'Silver Birch', '--year', '1999')).printed).toEqual(['2  Wood - Silver Birch']);
  const clip = folder.sound('renamed.wav', stretchOf(songs[1].sound, 12, 8));
  expect((await typed('recognize', clip)).text).toContain('Silver Birch');
  await typed('rename', '2', '--disable');
  expect(await typed('recognize', clip)).toMatchObject({ status: 1 });
  expect(await typed('rename', '2', '--enable', '--artist', '')).toMatchObject({ printed: ['2  Silver Birch'] });
  expect(await typed('recognize', clip)).toMatchObject({ status: 0 });
});

test('stats count what is there', async () => {
  const stats = JSON.parse((await typed('stats', '--json')).printed[0]);
  expect(stats).toMatchObject({ folder: library, trackCount: 3, damaged: [] });
  expect(stats.seconds).toBeCloseTo(90, 0);
  expect((await typed('stats')).text).toMatch(/tracks +3\n/);
});

test('a spectrogram is drawn, as SVG, with the matched peaks', async () => {
  const clip = folder.sound('drawn.wav', stretchOf(songs[0].sound, 10, 8));
  expect(await typed('plot', clip, '-o', folder.at('drawn.svg'), '--match')).toMatchObject({ status: 0 });
  const svg = readFileSync(folder.at('drawn.svg'), 'utf8');
  expect(svg.match(/<circle/g)?.length).toBeGreaterThan(20);
  expect(await typed('plot', clip, '-o', folder.at('drawn.png'))).toMatchObject({ status: 2 });
  expect(await typed('plot', clip, '-o', folder.at('drawn.gif'))).toMatchObject({ status: 2 });
});

test('what is exported and imported elsewhere is known there, and exports to the same bytes', async () => {
  const bundle = folder.at('songs.entendu');
  vi.spyOn(Date, 'now').mockReturnValue(1e12); // the date is in the bundle
  expect(await typed('export', bundle, '--name', 'Trees')).toMatchObject({ status: 0 });
  const other = ['--library', folder.at('other')];
  const preview = await typed('import', bundle, '--preview', '--library', library);
  expect(preview.printed[0]).toMatch(/"Trees", 3 tracks, 1 min 30 s, .*: 0 new, 3 already known/);
  expect((await typed('import', bundle, ...other)).printed[1]).toContain('3 tracks added, 0 already known');
  expect((await typed('import', bundle, ...other)).printed[1]).toContain('0 tracks added, 3 already known');

  const clip = folder.sound('carried.wav', stretchOf(songs[1].sound, 12, 8));
  expect((await typed('recognize', clip, ...other)).printed[0]).toContain('Birch');
  const again = folder.at('again.entendu');
  await typed('export', again, '--name', 'Trees', ...other);
  const withoutDate = (path: string) =>
    readFileSync(path)
      .toString('latin1')
      .replace(/"made":\d+/, '');
  expect(withoutDate(again)).toBe(withoutDate(bundle));
});

test('a part of a library can be exported; what is not there cannot, and leaves no file', async () => {
  const part = folder.at('part.entendu');
  await typed('export', part, '--search', 'cedar');
  expect((await typed('import', part, '--preview')).printed[0]).toContain('1 track,');
  expect(await typed('export', folder.at('none.entendu'), '--search', 'oak')).toMatchObject({ status: 2 });
  expect(existsSync(folder.at('none.entendu'))).toBe(false);
});

test('a damaged bundle is refused as a whole, and the library stays as it was', async () => {
  const bundle = folder.at('whole.entendu');
  await typed('export', bundle);
  const bytes = readFileSync(bundle);
  bytes[bytes.length >> 1] ^= 1;
  const into = ['--library', folder.at('untouched')];
  const { status, notes } = await typed('import', folder.write('damaged.entendu', bytes), ...into);
  expect(status).toBe(2);
  expect(notes[0]).toMatch(/damaged\.entendu: .*damaged/);
  expect((await typed('list', ...into)).printed).toEqual([]);
});

test('verify reports an intact library and a damaged one', async () => {
  expect(await typed('verify')).toMatchObject({ status: 0, printed: ['The library is intact.'] });
  const spoilt = folder.at('spoilt');
  cpSync(library, spoilt, { recursive: true });
  await typed('export', folder.at('one.entendu'), '1');
  const bundle = readFileSync(folder.at('one.entendu'));
  const data = folder.at('spoilt/data.mdb');
  const bytes = readFileSync(data);
  // The middle of the bundle is the middle of a print.
  const at = bytes.lastIndexOf(bundle.subarray(bundle.length >> 1, (bundle.length >> 1) + 16));
  expect(at).toBeGreaterThan(0);
  bytes[at] ^= 1;
  writeFileSync(data, bytes);
  const { status, printed } = await typed('verify', '--library', spoilt);
  expect(printed).toEqual([expect.stringMatching(/^lost .*Alder/)]);
  expect(status).toBe(2);
});

test('a number that is no track is never taken for a part of a name; one wrong name removes nothing', async () => {
  expect(await typed('remove', '30')).toMatchObject({ status: 2 });
  expect(await typed('remove', '1', 'oak')).toMatchObject({ status: 2 });
  expect((await typed('list')).printed).toHaveLength(3);
  expect(await typed('remove', '1')).toMatchObject({ status: 0, printed: ['removed  1  Wood - Alder'] });
  const clip = folder.sound('removed.wav', stretchOf(songs[0].sound, 10, 8));
  expect(await typed('recognize', clip)).toMatchObject({ status: 1 });
});

test('a library that is not there is said so by those who only read', async () => {
  const terminal = { print() {}, progress() {}, paint: (_: string, words: string) => words, isWatched: false };
  const notes: string[] = [];
  const status = await run(['list', '--library', folder.at('nowhere')], {
    ...terminal,
    note: (line) => notes.push(line),
  });
  expect({ status, notes }).toEqual({ status: 2, notes: [expect.stringContaining('There is no library in')] });
});

test('lyrics are taken from a file beside the song, also when it is known, and one that cannot be read is named', async () => {
  const where = folder.at('sung');
  const [elm, fir] = ['Elm', 'Fir'].map((title, i) => folder.sound(`Wood - ${title}.wav`, music(12, 11025, 50 + i)));
  writeFileSync(elm.replace('.wav', '.lrc'), '[00:01.00]Leaves\n[00:04.00]Roots');
  writeFileSync(fir.replace('.wav', '.lrc'), 'no\0text');
  const open = await openLibrary(where);
  expect((await open.addFile(elm)).lyricsFault).toBeUndefined();
  const lyricsFault = { name: 'LyricsForeign', path: fir.replace('.wav', '.lrc') };
  expect(await open.addFile(fir)).toMatchObject({ state: 'added', lyricsFault });
  await open.setLyrics(1, undefined);
  expect((await open.addFile(elm)).state).toBe('known');
  await open.close();
  expect((await typed('show', 'Elm', '--library', where)).text).toMatch(/lyrics +2 lines, with times/);
  expect((await typed('show', 'Elm', '--lyrics', '--library', where)).printed.join('\n')).toContain('[00:04.00]Roots');
  expect((await typed('show', 'Fir', '--library', where)).text).not.toContain('lyrics');
});
