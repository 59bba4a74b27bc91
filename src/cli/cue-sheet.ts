import type { Played } from '../engine/api.ts';

/** A CUE sheet, which players and editors understand: https://wiki.hydrogenaud.io/index.php?title=Cue_sheet. */
export function cueSheet(file: string, entries: Played[]): string[] {
  const quoted = (words: string) => `"${words.replace(/["\r\n]/g, "'")}"`;
  const two = (n: number) => String(n).padStart(2, '0');
  const index = (seconds: number) => {
    const frames = Math.round(seconds * 75);
    return `${two(Math.floor(frames / 4500))}:${two(Math.floor(frames / 75) % 60)}:${two(frames % 75)}`;
  };
  return [
    `FILE ${quoted(file)} WAVE`,
    ...entries.flatMap(({ track, fromSeconds }, i) => [
      `  TRACK ${two(i + 1)} AUDIO`,
      `    TITLE ${quoted(track.title)}`,
      ...(track.artist ? [`    PERFORMER ${quoted(track.artist)}`] : []),
      `    INDEX 01 ${index(fromSeconds)}`,
    ]),
  ];
}
