import { expect, test } from 'vitest';
import { analyse } from '../../src/engine/clips/analyse.ts';
import { fieldOf } from '../../src/match/field/field.ts';
import { AS_LEARNT } from '../../src/match/judge/align.ts';
import { Candidates } from '../../src/match/judge/candidates.ts';
import { LEAST_WARPED_GAIN, scoreOf } from '../../src/match/judge/decide.ts';
import { evidenceAt } from '../../src/match/judge/evidence.ts';
import { clipOf, FRAMES_PER_SECOND, playedAt, printOfSound } from '../support/clips.ts';
import { kernelModule } from '../support/kernel.ts';
import { memoryIndex } from '../support/memory-index.ts';
import { music } from '../support/music.ts';

const song = music(30, 11025, 1);
const print = printOfSound(song);
const index = memoryIndex(new Map([[1, print]]));

test('a little better a fit at another speed does not displace a plain one, for it is easier to come by', async () => {
  const { map, shifts } = analyse(kernelModule, playedAt(clipOf(song, 10, 3), 1.001));
  const field = fieldOf(map, shifts[0]);
  const spot = { track: 1, start: Math.round(10 * FRAMES_PER_SECOND), warp: AS_LEARNT, isWarped: false };
  const warp = { tempo: 1.001, pitch: 1.001 };
  const gain =
    scoreOf(evidenceAt(print, field, spot.start, warp)) - scoreOf(evidenceAt(print, field, spot.start, AS_LEARNT));
  expect(gain).toBeGreaterThan(0);
  expect(gain).toBeLessThan(LEAST_WARPED_GAIN);

  const candidates = new Candidates(index, field);
  await candidates.add([spot]);
  const [plain] = candidates.ranked();
  await candidates.add([{ ...spot, warp, isWarped: true }]);
  const [still] = candidates.ranked();
  expect(still.isWarped).toBe(false);
  expect(still.confidence).toBe(plain.confidence);
});
