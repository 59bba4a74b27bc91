import { expect, test, vi } from 'vitest';
import { openSound } from '../../../src/audio/decode.ts';
import { UserError } from '../../../src/errors.ts';
import { openMemory } from '../../../src/library/shelf/memory.ts';
import { analyseFile, type Known } from '../../../src/ui/recording/queue/analyse-file.ts';
import { engineWith } from '../../support/engine.ts';
import { music } from '../../support/music.ts';
import { wavOf } from '../../support/wav.ts';

const RATE = 11_025;
const songs = new Map([1, 2].map((seed) => [`song ${seed}`, music(30, RATE, seed)]));
const shelf = openMemory();
const engine = await engineWith(songs, shelf);

const part = (title: string, from: number, to: number) => songs.get(title)!.samples.slice(from * RATE, to * RATE);

function fileOf(...sounds: Float32Array[]): File {
  const samples = Float32Array.from(sounds.flatMap((sound) => [...sound]));
  return new File([wavOf('s16', [samples], RATE) as Uint8Array<ArrayBuffer>], 'mix.wav');
}

async function statesOf(file: File, signal = new AbortController().signal): Promise<Known[]> {
  const states: Known[] = [];
  await analyseFile(engine, file, { signal }, (known) => states.push(known), openSound);
  return states;
}

test('a recording becomes a session that is kept, and its progress is told', async () => {
  const states = await statesOf(fileOf(part('song 2', 0, 30), new Float32Array(4 * RATE), part('song 1', 10, 25)));
  const { session, fraction } = states.at(-1)!;
  expect(fraction).toBe(1);
  expect(session?.stretches.map(({ track }) => track.title)).toEqual(['song 2', 'song 1']);
  expect(session).toMatchObject({ source: 'file', name: 'mix.wav', state: 'ended' });
  expect(session?.seconds).toBeCloseTo(49, 0);
  expect(states.some((known) => known.fraction && known.fraction < 1)).toBe(true);
  expect((await engine.sessions.get(session!.id))?.stretches).toHaveLength(2);
});

test('music that is not in the library is kept as a recording without songs', async () => {
  const { session } = (await statesOf(fileOf(music(12, RATE, 77).samples))).at(-1)!;
  expect(session).toMatchObject({ stretches: [], name: 'mix.wav' });
});

test('a file that is no sound is refused by its name', async () => {
  const empty = new File([new Uint8Array(0)], 'empty.mp3');
  await expect(statesOf(empty)).rejects.toMatchObject({ name: 'FileEmpty' });
});

test('a file that breaks in the middle keeps what was found, and says why it ended', async () => {
  const sound = fileOf(part('song 1', 0, 25), part('song 2', 0, 25));
  const cut = sound.slice(0, 44 + 2 * RATE * 40);
  const broken = Object.assign(new File([cut], 'broken.wav'), {
    slice: (from = 0, to = cut.size) => {
      if (to > 44 + 2 * RATE * 30 && from > 1000) throw new DOMException('gone', 'NotReadableError');
      return cut.slice(from, to);
    },
  });
  const { session, fault } = (await statesOf(broken)).at(-1)!;
  expect(session?.stretches.map(({ track }) => track.title)).toContain('song 1');
  expect(session).toMatchObject({ fault: { name: 'FileUnreadable' } });
  expect(fault).toBe('FileUnreadable');
});

test('on a full disk what was found is shown, with the reason why it is not kept', async () => {
  const before = (await engine.sessions.list()).total;
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(shelf, 'write').mockRejectedValue(new UserError('StorageFull', 'There is no room left.'));
  const { session, fault } = (await statesOf(fileOf(part('song 1', 0, 25)))).at(-1)!;
  vi.restoreAllMocks();
  expect(session?.stretches.map(({ track }) => track.title)).toEqual(['song 1']);
  expect(fault).toBe('StorageFull');
  expect((await engine.sessions.list()).total).toBe(before);
});

test('a file that vanished before it was read is refused by its name', async () => {
  const gone = Object.assign(new File([new Uint8Array(9000)], 'gone.wav'), {
    slice: () => {
      throw new DOMException('gone', 'NotFoundError');
    },
    arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
  });
  await expect(statesOf(gone)).rejects.toMatchObject({ name: 'FileUnreadable' });
});
