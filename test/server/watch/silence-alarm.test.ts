import { expect, test } from 'vitest';
import { SilenceAlarm } from '../../../src/server/watch/silence-alarm.ts';

const RATE = 8000;
/** Half a second at a constant level. */
const block = (level: number) => new Float32Array(RATE / 2).fill(level);

function told(levels: number[]) {
  const alarm = new SilenceAlarm(2);
  return levels.flatMap((level, i) => {
    const news = alarm.push(block(level), RATE);
    return news ? [[i, news]] : [];
  });
}

test('silence is told once when it has lasted long enough, and its end once', () => {
  expect(told([0.1, 0, 0, 0, 0, 0, 0, 0.1, 0.1])).toEqual([
    [4, { event: 'silent', seconds: 2 }],
    [7, { event: 'sound' }],
  ]);
});

test('a pause that is interrupted by sound is no alarm, and very quiet music is sound', () => {
  expect(told([0, 0, 0, 0.01, 0, 0, 0, 0.002, 0, 0, 0])).toEqual([]);
  expect(told([0.0005, 0.0005, 0.0005, 0.0005])).toEqual([[3, { event: 'silent', seconds: 2 }]]);
});
