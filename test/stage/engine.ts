/** A simulated engine that can put screens into every state, without sound. */
import type { Engine, Heard, SpectrogramPart, TrackQuery } from '../../src/engine/api.ts';
import { BIN_COUNT, FIRST_BIN, MAP_ZERO } from '../../src/kernel/format.ts';
import { groupsOf as groupsOfTracks } from '../../src/library/tracks/track-groups.ts';
import { TrackSearch } from '../../src/library/tracks/track-search.ts';
import type { Match, Track } from '../../src/types.ts';
import { posedCatalogues } from './catalogues.ts';
import { posedExamination } from './examination.ts';
import { posedEvening, posedSessions } from './sessions.ts';
import { chance, constellationOf, lyricsOf, songOf } from './songs.ts';

export interface Pose {
  songs: number;
  /** Whether there is a history. */
  hasHistory?: boolean;
  /** The result of listening. */
  ends?: 'found' | 'none' | 'silent' | 'listening';
}

export function posedEngine({ songs, ends = 'listening', hasHistory }: Pose): Engine {
  const shelf = new Map(Array.from({ length: songs }, (_, i) => [i + 1, songOf(i + 1)]));
  const gone = new Map<number, Track>();
  /** Pairs of songs that are not to be asked about again. */
  const kept = new Set<string>();
  const watchers = new Set<(kind: 'tracks' | 'sessions') => void>();
  const changed = () => {
    for (const each of watchers) each('tracks');
  };
  const told = () => {
    for (const each of watchers) each('sessions');
  };
  const posed: Partial<Engine> = {
    sessions: posedSessions(!hasHistory, told),
    catalogues: posedCatalogues(songs > 0),
    status: async () => ({
      trackCount: shelf.size,
      seconds: shelf.size * 240,
      peakCount: shelf.size * 4800,
      postingCount: shelf.size * 14_000,
      bytes: { prints: shelf.size * 10_000, index: shelf.size * 30_000, tracks: shelf.size * 300, covers: 0 },
      pending: 0,
      unsealed: 0,
      segments: 1,
      damaged: [],
    }),
    tracks: async (query) => pageOf([...shelf.values()], query),
    trackIds: async (query) =>
      pageOf([...shelf.values()], { ...query, offset: 0, limit: Infinity }).rows.map(({ id }) => id),
    prepareSearch: async () => {},
    groups: async (by, search) => groupsOf([...shelf.values()], by, search),
    track: async (id) => shelf.get(id),
    cover: async () => undefined,
    known: async (contentId) => [...shelf.values()].find((track) => track.contentId === contentId),
    lyrics: async (id) => lyricsOf(id),
    setLyrics: async () => told(),
    setCover: async () => {},
    constellation: async (id) => (shelf.has(id) ? constellationOf(shelf.get(id)!) : undefined),
    async edit(id, changes) {
      shelf.set(id, { ...shelf.get(id)!, ...changes });
      changed();
    },
    async editMany(edits) {
      for (const { id, changes } of edits) shelf.set(id, { ...shelf.get(id)!, ...changes });
      changed();
    },
    async remove(ids) {
      for (const id of ids) {
        gone.set(id, shelf.get(id)!);
        shelf.delete(id);
      }
      changed();
    },
    async restore(ids) {
      for (const id of ids) shelf.set(id, gone.get(id)!);
      changed();
    },
    async watch(tell) {
      watchers.add((kind) => tell({ kind }));
      return () => {};
    },
    async listen(_rate, _options, heard) {
      let pictures: MessagePort | undefined;
      const timer = play(ends, heard, (picture) => pictures?.postMessage(picture));
      return {
        push: async () => {},
        connect: () => {},
        sendPictures(port) {
          pictures = port;
        },
        tracks: async () => [],
        session: async () => (ends === 'found' ? posedEvening() : undefined),
        refuse: async () => 1,
        strip: async () => undefined,
        async stop() {
          clearInterval(timer);
        },
        async conclude() {
          clearInterval(timer);
          return { ...nothing, heardSeconds: 4, clipSeconds: 0 };
        },
      };
    },
    recognize: async () => nothing,
    examine: async () => posedExamination(),
    async findDuplicates(progress) {
      progress?.({ done: 600, total: 1204 });
      const stretch = { fromSeconds: 12, otherFromSeconds: 0, seconds: 90, tempo: 1, pitch: 1, alike: 0.8 };
      const pair = (kind: 'same' | 'excerpt' | 'shared', track: number, other: number) => ({
        ...{ kind, track, other, seconds: stretch.seconds },
        stretches:
          kind === 'shared'
            ? [
                { ...stretch, seconds: 30 },
                { ...stretch, fromSeconds: 80, otherFromSeconds: 70, seconds: 25 },
              ]
            : [{ ...stretch, tempo: kind === 'same' ? 1.02 : 1 }],
      });
      const pairs = [pair('same', 1, 2), pair('excerpt', 3, 4), pair('shared', 5, 6)];
      return pairs.filter(({ track, other }) => !kept.has(`${track} ${other}`));
    },
    keepPair: async (track, other) => void kept.add(`${track} ${other}`),
    verify: async () => ({ repaired: [], lost: [] }),
    previewBundle: async () => ({
      name: 'Evening walks',
      made: Date.UTC(2026, 9, 3),
      trackCount: 42,
      sessionCount: 0,
      seconds: 9700,
      bytes: 640_000,
      newCount: 40,
      knownCount: 2,
      titles: ['Nocturne in E-flat', 'Rain on the Harbour', '<b>Tin Parade</b>', 'Low Tide', 'Night Bus'],
    }),
    importBundle: async () => ({ added: 40, known: 2 }),
    exportBundle: async (_options, write) => write(new Uint8Array(1000)),
    close: async () => {},
  };
  // The screens call nothing else. A missing method throws.
  return posed as Engine;
}

export const refusal = async () => {
  throw Object.assign(new Error('refused for this test'), { name: 'StorageFull' });
};

/** An engine or a session that rejects these calls, as with a full disk. */
export function refusing<T extends object>(whole: T, calls: readonly string[]): T {
  return new Proxy(whole, {
    get: (target, name) => (calls.includes(String(name)) ? refusal : Reflect.get(target, name)),
  });
}

const nothing = {
  matches: [],
  others: [],
  hashCount: 0,
  step: 1,
  timings: { kernelMs: 0, lookupMs: 0, matchMs: 0, totalMs: 0 },
  heardSeconds: 0,
};

const searchable = (tracks: Track[]) =>
  tracks.map((track) => ({
    row: { ...track, tapeStart: 0, frameCount: 0, printBytes: 0, coverBytes: 0 },
    sortKeys: {},
  }));

let last: { of: string; search: TrackSearch } | undefined;

/** The library's own search; it is made anew when tracks change. */
function pageOf(all: Track[], query: TrackQuery) {
  const of = JSON.stringify([all.length, all.slice(0, 50)]);
  if (last?.of !== of) {
    const tracks = searchable(all);
    last = { of, search: new TrackSearch({ version: 0, searchable: () => tracks.slice() }) };
  }
  return last.search.page(query);
}

const groupsOf = (all: Track[], by: 'artist' | 'album', search?: string) => groupsOfTracks(searchable(all), by, search);

/** Silent music: notes with overtones, and their peaks. */
export function pictureOf(firstFrame: number, frames: number): SpectrogramPart {
  const rows = new Uint8Array(frames * BIN_COUNT);
  const peaks: [number, number][] = [];
  for (let i = 0; i < frames; i++) {
    const frame = firstFrame + i;
    const beat = Math.floor(frame / 11);
    for (let bin = 0; bin < BIN_COUNT; bin++) rows[i * BIN_COUNT + bin] = 40 + 16 * chance(frame * 7 + bin);
    for (let voice = 0; voice < 5; voice++) {
      const root = 30 + 90 * chance(Math.floor(beat / 4) * 3 + voice);
      const strength = (0.5 + chance(beat * 5 + voice) * 0.5) * Math.exp(-(frame % 11) / 14);
      for (let overtone = 1; overtone < 8; overtone++) {
        const centre = Math.round(root * overtone);
        for (let bin = centre - 2; bin <= centre + 2; bin++) {
          if (bin > 0 && bin < BIN_COUNT)
            rows[i * BIN_COUNT + bin] = Math.max(
              rows[i * BIN_COUNT + bin],
              MAP_ZERO + (110 * strength) / (1 + 0.25 * overtone) / (1 + Math.abs(bin - centre)),
            );
        }
        if (frame % 11 === 1 && overtone < 6 && chance(beat + voice * 3 + overtone) > 0.55 && centre < BIN_COUNT)
          peaks.push([frame, centre + FIRST_BIN]);
      }
    }
  }
  return {
    firstFrame,
    rows,
    peakFrames: Uint32Array.from(peaks, ([frame]) => frame),
    peakBins: Uint16Array.from(peaks, ([, bin]) => bin),
  };
}

function matchOf(peaks: [number, number][]): Match {
  return {
    track: songOf(1),
    offsetSeconds: 70,
    confidence: 0.9962,
    speed: 1.021,
    pitch: 1.021,
    met: { frames: Float32Array.from(peaks, ([frame]) => frame), bins: Float32Array.from(peaks, ([, bin]) => bin) },
    votes: 120,
  };
}

/** So that nobody has to wait for an answer. */
const TIMES_REAL_TIME = 3;

function play(ends: Pose['ends'], heard: (heard: Heard) => void, picture: (picture: SpectrogramPart) => void) {
  let quarter = 0;
  let frame = 0;
  const peaks: [number, number][] = [];
  return setInterval(() => {
    quarter += 1;
    const seconds = quarter / 4;
    if (ends !== 'silent') {
      const next = pictureOf(frame, 11);
      frame += 11;
      for (const [i, at] of next.peakFrames.entries()) if (chance(at + i) > 0.4) peaks.push([at, next.peakBins[i]]);
      picture(next);
    }
    const others = [{ ...matchOf([]), track: songOf(2), confidence: 0.04 }];
    const base = { seconds, clipSeconds: 0, levelDb: -24, others };
    if (ends === 'found' && seconds > 3) {
      heard({ ...base, state: 'found', match: { ...matchOf(peaks), positionSeconds: 70 + seconds * 1.021 } });
    } else if (ends === 'none' && seconds > 3) heard({ ...base, state: 'none' });
    else heard({ ...base, state: ends === 'silent' ? 'silent' : 'listening' });
  }, 250 / TIMES_REAL_TIME);
}
