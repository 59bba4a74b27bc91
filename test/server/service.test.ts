import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyse } from '../../src/engine/clips/analyse.ts';
import { packClip } from '../../src/engine/clips/clip-bytes.ts';
import { type ListenEvent, ServiceError } from '../../src/server/client/client.ts';
import { fixture } from '../support/fixture.ts';
import { joined, stretchOf } from '../support/folder.ts';
import { kernelModule } from '../support/kernel.ts';
import { music } from '../support/music.ts';
import { wav } from '../support/recording.ts';
import { serviceHere, songs } from './service-here.ts';

let here: Awaited<ReturnType<typeof serviceHere>>;
beforeAll(async () => {
  here = await serviceHere();
});
afterAll(() => here.close());

const blobOf = (sound: { samples: Float32Array; sampleRate: number }) =>
  new Blob([Uint8Array.from(wav(sound.samples, sound.sampleRate))]);
const clip = stretchOf(songs[1].sound, 12, 8);
const part = (song: number) => stretchOf(songs[song].sound, 4, 18);
const stranger = stretchOf(music(20, 11025, 77), 2, 8);

describe('recognising', () => {
  test('a clip of a known song is named, with its place', async () => {
    const { status, matches } = await here.client('read').recognize(blobOf(clip));
    expect(status).toBe('match');
    expect(matches[0]).toMatchObject({ track: { title: 'Birch', artist: 'Wood' } });
    expect(matches[0].offsetSeconds).toBeCloseTo(12, 1);
    expect(matches[0].confidence).toBeGreaterThan(0.9);
  });

  test('a stranger is no match; ?top bounds what else is named', async () => {
    const { status, matches, others } = await here.client('read').recognize(blobOf(stranger), { top: 2 });
    expect({ status, matches }).toEqual({ status: 'none', matches: [] });
    expect(others.length).toBeLessThanOrEqual(2);
  });

  test('bare samples are read as ?rate and ?encoding say', async () => {
    const samples = new Uint8Array(clip.samples.buffer.slice(0));
    const { matches } = await here.client('read').recognize(samples, { rate: 11025, encoding: 'f32' });
    expect(matches[0].track.title).toBe('Birch');
  });

  test('peaks made elsewhere get the same answer as the sound', async () => {
    const packed = await packClip(analyse(kernelModule, clip));
    const byPeaks = await here.client('read').recognizePrint(packed);
    const bare = new Uint8Array(clip.samples.buffer.slice(0));
    const bySound = await here.client('read').recognize(bare, { rate: 11025, encoding: 'f32' });
    const told = ({ status, matches, others }: typeof byPeaks) => ({ status, matches, others });
    expect(told(byPeaks)).toEqual(told(bySound));
    expect(byPeaks.heardSeconds).toBeCloseTo(8, 1);
  });

  test('a recording becomes a list of what is in it', async () => {
    const { seconds, played } = await here.client('read').tracklist(blobOf(joined(part(0), part(2))));
    expect(seconds).toBeCloseTo(36, 0);
    expect(played.map(({ track }) => track.title)).toEqual(['Alder', 'Cedar']);
  });

  test('a stream is named while it plays', async () => {
    const bytes = new Uint8Array(part(0).samples.buffer.slice(0));
    const events: ListenEvent[] = [];
    for await (const event of here.client('read').listen(bytes, { rate: 11025, encoding: 'f32' })) events.push(event);
    expect(events.some((event) => event.event === 'state' && event.match?.track.title === 'Alder')).toBe(true);
    expect(events.filter((event) => event.event === 'played')).toMatchObject([{ track: { title: 'Alder' } }]);
    expect(events.at(-1)).toMatchObject({ event: 'end' });
  });

  test('of a stream, a track is told as played when the next one has begun', async () => {
    const bytes = new Uint8Array(joined(part(0), part(2)).samples.buffer.slice(0));
    const second = 4 * 11025;
    let sent = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(bytes.slice(sent, sent + second));
        sent += second;
        if (sent >= bytes.length) controller.close();
      },
    });
    const events: ListenEvent[] = [];
    for await (const event of here.client('read').listen(stream, { rate: 11025, encoding: 'f32' })) events.push(event);
    const titles = events.flatMap((event) => (event.event === 'played' ? event.track.title : []));
    expect(titles).toEqual(['Alder', 'Cedar']);
    expect(events.findIndex(({ event }) => event === 'played')).toBeLessThan(
      events.findLastIndex(({ event }) => event === 'state'),
    );
  });
});

describe('tracks', () => {
  test('a song is added, found, changed and removed', async () => {
    const client = here.client('write');
    const song = music(20, 11025, 9);
    const added = await client.addTrack(blobOf(song), { title: 'Elm', artist: 'Wood', fileName: 'elm.wav' });
    expect(added).toMatchObject({ state: 'added', track: { title: 'Elm', fileName: 'elm.wav' } });
    const { id } = added.track;
    expect((await client.recognize(blobOf(stretchOf(song, 5, 8)))).matches[0].track.id).toBe(id);
    expect(await client.addTrack(blobOf(song))).toMatchObject({ state: 'known', track: { id } });
    expect(await client.editTrack(id, { title: 'Wych elm', artist: null, year: 2001 })).toMatchObject({
      title: 'Wych elm',
      year: 2001,
    });
    expect(await client.track(id)).not.toHaveProperty('artist');
    expect((await client.tracks({ search: 'wych' })).tracks.map((track) => track.id)).toEqual([id]);
    await client.removeTrack(id);
    await expect(client.track(id)).rejects.toMatchObject({ status: 404 });
  });

  test('the whole library goes out as a bundle and comes in again', async () => {
    const bundle = await here.client('admin').exportBundle();
    expect(await here.client('admin').importBundle(bundle)).toEqual({ added: 0, known: songs.length });
  });
});

describe('problems', () => {
  const refused = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(error).toBeInstanceOf(ServiceError);
    const { status, code, message } = error as ServiceError;
    expect(message).toMatch(/^[A-Z"?].*[.)]$/);
    return { status, code };
  };
  const read = () => here.client('read');

  test.each([
    ['text', new TextEncoder().encode('Milk, eggs, bread'), 415, 'NotAudio'],
    ['a playlist', new TextEncoder().encode('#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:1/a.ts\n'), 415, 'NotAudio'],
    ['a list of files', new TextEncoder().encode("ffconcat version 1.0\nfile '/etc/passwd'\n"), 415, 'NotAudio'],
    ['nothing', new Uint8Array(0), 411, 'FileEmpty'],
    ['a broken file', new TextEncoder().encode('RIFF....WAVEfmt '), 422, 'FileDamaged'],
  ])('%s instead of sound is refused in words', async (_, body, status, code) => {
    expect(await refused(read().recognize(body))).toEqual({ status, code });
  });

  test('a video without sound, and one that is encrypted', async () => {
    const silent = await refused(read().recognize(fixture('silent-film.mp4')));
    const locked = await refused(read().recognize(fixture('encrypted.mp4')));
    expect([silent.status, locked.status]).toEqual([422, 422]);
  });

  test('queries that make no sense', async () => {
    expect(await refused(read().recognize(blobOf(clip), { top: 0 }))).toEqual({ status: 422, code: 'Query' });
    expect(await refused(read().recognize(blobOf(clip), { sure: 2 }))).toEqual({ status: 422, code: 'Query' });
    expect(await refused(read().recognize(blobOf(clip), { rate: 5 }))).toEqual({ status: 422, code: 'Query' });
  });

  test('peaks that nobody made', async () => {
    const packed = await packClip(analyse(kernelModule, clip));
    const wrong = (at: number, value: number) => packed.with(at, value);
    for (const bytes of [wrong(4, 9), wrong(8, 1), wrong(12, 1), wrong(40, packed[40] ^ 255), packed.slice(0, 900)])
      expect((await refused(read().recognizePrint(bytes))).status).toBeOneOf([415, 422]);
  });

  test('without a token, with a wrong one, with too low a scope', async () => {
    expect(await refused(here.client().tracks())).toEqual({ status: 401, code: 'Token' });
    expect(await refused(here.client('read').addTrack(blobOf(clip)))).toEqual({ status: 403, code: 'Scope' });
    expect(await refused(here.client('write').exportBundle())).toEqual({ status: 403, code: 'Scope' });
    const wrong = await here.app.request('/v1/tracks', { headers: { Authorization: `Bearer ${'x'.repeat(43)}` } });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('WWW-Authenticate')).toBe('Bearer');
  });

  test('a removed token counts no more', async () => {
    const token = await here.tokens.add('guest', 'read');
    const ask = () => here.app.request('/v1/tracks', { headers: { Authorization: `Bearer ${token}` } });
    expect((await ask()).status).toBe(200);
    await here.tokens.remove('guest');
    expect((await ask()).status).toBe(401);
  });

  test('more than can be answered is refused before it is read, with the time to wait', async () => {
    here.load.waiting = here.load.most;
    const response = await here.app.request('/v1/recognize', {
      method: 'POST',
      body: blobOf(clip),
      headers: { Authorization: `Bearer ${here.secrets.read}` },
    });
    here.load.waiting = 0;
    expect(response.status).toBe(429);
    expect(response.headers.get('Retry-After')).toBe('1');
  });

  test('an upload leaves nothing behind, whatever becomes of it', () => {
    expect(readdirSync(here.service.folder)).toEqual([]);
  });

  test('nothing of all this was unexpected', () => {
    expect(here.logged).toEqual([]);
  });
});
