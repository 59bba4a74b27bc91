import { expect, test } from 'vitest';
import type { Session, Stretch } from '../../../src/engine/api.ts';
import { withEdge, withName, withVerdict } from '../../../src/ui/recording/session-edits.ts';

const stretch = (number: number, fromSeconds: number, toSeconds: number): Stretch => ({
  ...{ number, fromSeconds, toSeconds, trackSeconds: 10, confidence: 0.99, speed: 1.1 },
  track: { title: `song ${number}`, contentId: `id${number}` },
});
const session: Session = {
  ...{ id: 7, began: 0, source: 'file', name: 'mix.mp3', seconds: 300, state: 'ended', hasStrip: true },
  stretches: [stretch(1, 0, 100), stretch(2, 160, 300)],
  gaps: [{ fromSeconds: 100, toSeconds: 160, sound: 'talk' }],
};

test('a verdict concerns one stretch and can be taken back', () => {
  const judged = withVerdict(session, 2, 'wrong');
  expect(judged.stretches.map(({ verdict }) => verdict)).toEqual([undefined, 'wrong']);
  expect(withVerdict(judged, 2, undefined)).toEqual(session);
});

test('an edge that moves takes the gap along, and the place in the song', () => {
  const moved = withEdge(session, 2, 'from', 150);
  expect(moved.stretches[1]).toMatchObject({ fromSeconds: 150, toSeconds: 300, isEdited: true });
  expect(moved.stretches[1].trackSeconds).toBeCloseTo(10 - 11);
  expect(moved.gaps).toEqual([{ fromSeconds: 100, toSeconds: 150, sound: 'talk' }]);
});

test.each([
  ['from', 2, 1000, { fromSeconds: 299, toSeconds: 300 }],
  ['from', 1, -4, { fromSeconds: 0, toSeconds: 100 }],
  ['to', 1, -4, { fromSeconds: 0, toSeconds: 1 }],
  ['to', 2, 1000, { fromSeconds: 160, toSeconds: 300 }],
] as const)('the %s of stretch %i at %i stays within the recording', (edge, number, seconds, edges) => {
  expect(withEdge(session, number, edge, seconds).stretches[number - 1]).toMatchObject(edges);
});

test('a gap that is named becomes a stretch, and is a gap no more', () => {
  const named = withName(session, session.gaps[0], 'The News', 'A Reader');
  expect(named.stretches.map(({ number }) => number)).toEqual([1, 3, 2]);
  expect(named.stretches[1]).toMatchObject({ track: { title: 'The News', artist: 'A Reader' }, fromSeconds: 100 });
  expect(named.gaps).toEqual([]);
});

test('a gap of several parts keeps them when an edge moves, or one of them is named', () => {
  const [music, silence] = [
    { fromSeconds: 100, toSeconds: 130, sound: 'music' as const },
    { fromSeconds: 130, toSeconds: 160, sound: 'silence' as const },
  ];
  const parted = { ...session, gaps: [music, silence] };
  expect(withEdge(parted, 2, 'from', 150).gaps).toEqual([music, { ...silence, toSeconds: 150 }]);
  expect(withEdge(parted, 1, 'to', 90).gaps).toEqual([{ ...music, fromSeconds: 90 }, silence]);
  expect(withEdge(parted, 2, 'from', 120).gaps).toEqual([{ ...music, toSeconds: 120 }]);
  expect(withName(parted, music, 'The News').gaps).toEqual([silence]);
});
