import { expect, test } from 'vitest';
import type { TrackRow } from '../../../src/library/rows/row-bytes.ts';
import { TrackList } from '../../../src/library/tracks/track-list.ts';
import { random } from '../../support/random.ts';

const row = (id: number, tapeStart: number, more: Partial<TrackRow> = {}): TrackRow => ({
  id,
  title: `Track ${id}`,
  contentId: `${id}`,
  fileName: `${id}.mp3`,
  seconds: 10,
  learntSeconds: 10,
  peakCount: 100,
  hasCover: false,
  enabled: true,
  added: id,
  tapeStart,
  frameCount: 400 + id,
  printBytes: 600,
  coverBytes: 0,
  ...more,
});

const idsOf = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);
const asked = ({ tape, totals, rowBytes }: TrackList) => ({
  ids: idsOf(tape.rows()),
  frames: tape.frameCount(),
  tracks: [...tape.stretches().tracks],
  starts: [...tape.stretches().starts],
  frameCounts: [...tape.stretches().frameCounts],
  living: tape.livingCount(),
  totals,
  rowBytes,
});

test('the tape is the same however tracks came, changed and went, and whatever was asked meanwhile', () => {
  const next = random(4);
  const often = new TrackList();
  const rows = new Map<number, TrackRow>();
  for (let turn = 0; turn < 400; turn++) {
    const id = 1 + Math.floor(next() * 150);
    const known = rows.get(id);
    const kind = next();
    if (known && kind < 0.3) {
      often.delete(id);
      rows.delete(id);
    } else {
      // New ones mostly come last, but one from another tab or a repair may not.
      const tapeStart = known?.tapeStart ?? (kind < 0.9 ? 1e6 + turn * 1000 : Math.floor(next() * 1000) * 1000 + id);
      const changed = row(id, tapeStart, { enabled: next() < 0.8, removed: next() < 0.1 ? 1 : undefined });
      often.put(changed, 10);
      rows.set(id, changed);
    }
    if (next() < 0.7) asked(often);
  }
  const once = new TrackList();
  for (const each of rows.values()) once.put(each, 10);
  expect(rows.size).toBeGreaterThan(50);
  expect(asked(often)).toEqual(asked(once));
  const inOrder = [...rows.values()].sort((a, b) => a.tapeStart - b.tapeStart);
  expect(asked(often).ids).toEqual(idsOf(inOrder));
  expect(asked(often).tracks).toEqual(idsOf(inOrder.filter(({ enabled, removed }) => enabled && !removed)));
  const living = inOrder.filter(({ removed }) => !removed).length;
  expect(asked(often)).toMatchObject({ living, rowBytes: 10 * rows.size });
  const totals = { tracks: living, seconds: 10 * living, peaks: 100 * living, printBytes: 600 * living, coverBytes: 0 };
  expect(often.totals).toEqual(totals);
  often.clear();
  expect(often).toMatchObject({ rowBytes: 0, totals: { tracks: 0, peaks: 0 } });
  expect(often.tape.rows()).toEqual([]);
});

test('a stretch of the tape holds the tracks that begin on it', () => {
  const list = new TrackList();
  for (const [id, start] of [100, 600, 1200, 5000].entries()) list.put(row(id + 1, start), 10);
  expect(idsOf(list.tape.rows(600, 5000))).toEqual([2, 3]);
  expect(list.tape.frameCount(600, 5000)).toBe(402 + 403);
  expect(idsOf(list.tape.rows(601))).toEqual([3, 4]);
  expect(list.tape.frameCount(101, 600)).toBe(0);
  expect(list.tape.livingCount(600, 5000)).toBe(2);
  list.put({ ...row(2, 600), removed: 1 }, 10);
  expect(list.tape.livingCount(600, 5000)).toBe(1);
});

test('what was handed out stays as it was when more comes', () => {
  const list = new TrackList();
  list.put(row(1, 100), 10);
  const { tracks } = list.tape.stretches();
  for (let id = 2; id < 6000; id++) list.put(row(id, id * 1000), 10);
  expect([...tracks]).toEqual([1]);
  expect(list.tape.stretches().tracks.length).toBe(5999);
});
