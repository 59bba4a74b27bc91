/** Made-up sessions for screens. Always the same. */
import type { Gap, Session, SessionSource, Sessions, Stretch, Strip } from '../../src/engine/api.ts';
import { chance, songOf } from './songs.ts';

function stretchOf(song: number, fromSeconds: number, toSeconds: number, number: number): Stretch {
  const { id, title, artist, album, contentId, seconds: length } = songOf(song);
  const place = { trackSeconds: 31 * song, confidence: 0.999 - song * 0.02, speed: song === 3 ? 1.03 : 1 };
  return { number, track: { id, title, artist, album, contentId, length }, fromSeconds, toSeconds, ...place };
}

const answer = (hoursAgo: number, song: number | undefined, changes: Partial<Session> = {}): Session => ({
  ...{ id: 100 + hoursAgo, began: Date.now() - hoursAgo * 3_600_000, source: 'microphone', seconds: 5 },
  stretches: song ? [stretchOf(song, 0, 5, 1)] : [],
  ...{ gaps: [], state: 'ended', hasStrip: false, ...changes },
});

function timeline(id: number, source: SessionSource, name: string | undefined, lengths: number[]): Session {
  const stretches: Stretch[] = [];
  const gaps: Gap[] = [];
  const sounds = ['talk', 'music', 'silence'] as const;
  let at = 0;
  lengths.forEach((seconds, i) => {
    if (seconds > 0) stretches.push(stretchOf(i + 1, at, at + seconds, i + 1));
    else gaps.push({ fromSeconds: at, toSeconds: at - seconds, sound: sounds[i % 3] });
    at += Math.abs(seconds);
  });
  const whole = { id, source, name, began: Date.now() - 5_000_000, seconds: at, state: 'ended' as const };
  return { ...whole, stretches, gaps, hasStrip: true };
}

export const posedEvening = (): Session => timeline(3, 'microphone', undefined, [200, -1800, 180, 240, -3600, 280]);

const sessions = (): Session[] => [
  answer(0, 1),
  timeline(2, 'file', 'radio mix.mp3', [131, 170, -85, 190, 96, -40, 70]),
  answer(3, 2, { note: 'At the café by the bridge' }),
  posedEvening(),
  answer(20, undefined),
  answer(27, 7),
];

const strip: Strip = {
  ...{ secondsPerColumn: 0.5, bands: 32, columns: 1564 },
  levels: Uint8Array.from({ length: 1564 }, (_, i) => 150 + 60 * chance(i)),
  rows: Uint8Array.from({ length: 1564 * 32 }, (_, i) => {
    const [column, band] = [Math.floor(i / 32), i % 32];
    const isTone = chance(Math.floor(column / 24) * 31 + band) > 0.72;
    return isTone ? 90 * Math.exp(-(column % 24) / 30) * (0.5 + chance(i)) : 8 * chance(i);
  }),
};

export function posedSessions(isEmpty: boolean, changed: () => void): Sessions {
  const kept = new Map((isEmpty ? [] : sessions()).map((session) => [session.id, session]));
  const gone = new Map<number, Session>();
  return {
    async list({ search = '' } = {}) {
      const rows = [...kept.values()].filter((session) => JSON.stringify(session).includes(search));
      return { total: rows.length, rows: rows.sort((a, b) => b.began - a.began) };
    },
    get: async (id) => kept.get(id),
    strip: async () => strip,
    async save(session) {
      const whole = { hasStrip: false, ...session, id: session.id ?? Date.now() };
      kept.set(whole.id, whole);
      changed();
      return whole;
    },
    async remove(ids) {
      for (const id of ids) {
        const session = kept.get(id);
        if (session) gone.set(id, session);
        kept.delete(id);
      }
      changed();
    },
    async restore(ids) {
      for (const id of ids) kept.set(id, gone.get(id)!);
      changed();
    },
  };
}
