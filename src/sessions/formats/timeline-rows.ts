/** The timeline of a session for all formats: songs and longer gaps, in order. */
import type { Gap, GapSound, Session, Stretch } from '../session-model.ts';

/** Shorter gaps are left out of all formats. */
const TOLD_GAP_SECONDS = 10;

/** English names of gaps; screens use their own. */
export type GapWords = Record<GapSound, string>;
export const GAP_WORDS: GapWords = {
  music: 'unknown music',
  talk: 'talk',
  noise: 'noise',
  silence: 'silence',
  unclear: 'not in the library',
};

/** Leaves out songs that the user marked as wrong. */
export const songsOf = ({ stretches }: Pick<Session, 'stretches'>): Stretch[] =>
  stretches.filter(({ verdict }) => verdict !== 'wrong');

export function timelineOf(session: Pick<Session, 'stretches' | 'gaps'>): (Stretch | Gap)[] {
  const gaps = session.gaps.filter(({ fromSeconds, toSeconds }) => toSeconds - fromSeconds >= TOLD_GAP_SECONDS);
  return [...songsOf(session), ...gaps].sort((a, b) => a.fromSeconds - b.fromSeconds);
}

export const nameOf = ({ track: { artist, title } }: Stretch): string => (artist ? `${artist} - ${title}` : title);

/** 1:02:03, or 2:03. */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds + 1e-6);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (number: number) => String(number).padStart(2, '0');
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Replaces line breaks, because these formats are read line by line. */
export const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, ' ');
