/** Writes sessions as plain text, as chapters of a video, and as JSON. */
import type { Session } from '../session-model.ts';
import { clockOf, GAP_WORDS, type GapWords, nameOf, oneLine, timelineOf } from './timeline-rows.ts';

/** One line per song or gap: "0:00 - 3:20  Artist - Title". */
export function sessionText(session: Pick<Session, 'stretches' | 'gaps'>, words: GapWords = GAP_WORDS): string {
  const lines = timelineOf(session).map((part) => {
    const name = 'track' in part ? nameOf(part) : words[part.sound];
    return `${clockOf(part.fromSeconds)} - ${clockOf(part.toSeconds)}  ${oneLine(name)}\n`;
  });
  return lines.join('');
}

/** Video sites accept lines like "0:00 Title". The first must begin at 0:00, and each must last at least ten seconds. */
export function chapters(session: Pick<Session, 'stretches' | 'gaps'>, words: GapWords = GAP_WORDS): string {
  const CHAPTER_SECONDS = 10;
  const marks: { seconds: number; name: string }[] = [];
  for (const part of timelineOf(session)) {
    const name = oneLine('track' in part ? nameOf(part) : words[part.sound]);
    const last = marks.at(-1);
    const seconds = marks.length === 0 && part.fromSeconds < CHAPTER_SECONDS ? 0 : part.fromSeconds;
    if (!last && seconds > 0) marks.push({ seconds: 0, name: words.unclear });
    if (!last || seconds - last.seconds >= CHAPTER_SECONDS) marks.push({ seconds, name });
  }
  return marks.map(({ seconds, name }) => `${clockOf(seconds)} ${name}\n`).join('');
}

/** Numbers are rounded to a thousandth. One object for one session, a list for several. */
export function sessionsJson(sessions: Session | readonly Session[]): string {
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value);
  return `${JSON.stringify(sessions, rounded, 2)}\n`;
}
