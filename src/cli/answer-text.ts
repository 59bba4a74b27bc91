/** Prints the answer for a file: as text, as a line of JSON, or in dejavu's format. */
import type { Fault } from '../errors.ts';
import { PRINT_FAN } from '../match/landmarks.ts';
import type { Match, Recognition, Track } from '../types.ts';
import type { Terminal } from './terminal.ts';
import { clock, pace, sureness } from './words.ts';

export type FileAnswer = { file: string } & (Recognized | { fault: Fault });

interface Recognized {
  /** Offsets are positions in the track at the beginning of the file. */
  recognition: Recognition;
  decodeMs: number;
  /** For live sound: the current position in the track. */
  nowSeconds?: number;
}

export const FORMATS = ['text', 'json', 'dejavu'] as const;
export type Format = (typeof FORMATS)[number];

/** "Artist - Title", or the title alone. */
export const nameOf = ({ title, artist }: Pick<Track, 'title' | 'artist'>) => (artist ? `${artist} - ${title}` : title);

/** `top`: how many answers and other candidates to show. */
export function answerLines(answer: FileAnswer, format: Format, top: number, terminal: Terminal): string[] {
  if (format === 'json') return [JSON.stringify(jsonAnswer(answer, top))];
  if (format === 'dejavu') return [JSON.stringify(dejavuAnswer(answer, top))];
  return textAnswer(answer, top, terminal);
}

const tenth = (n: number) => Math.round(n * 10) / 10;
const hundredth = (n: number) => Math.round(n * 100) / 100;
const thousandth = (n: number) => Math.round(n * 1000) / 1000;

function textAnswer(answer: FileAnswer, top: number, { paint }: Terminal): string[] {
  if ('fault' in answer) return [`${answer.file}: ${paint('red', answer.fault.message)}`];
  const { nowSeconds, recognition } = answer;
  const { matches, others } = recognition;
  const line = (match: Match) => {
    const played = pace(match.speed, match.pitch);
    const place = nowSeconds === undefined ? `at ${clock(match.offsetSeconds, 1)}` : `now at ${clock(nowSeconds, 1)}`;
    const words = [place, sureness(match.confidence), ...(played ? [played] : [])];
    return `${paint('bold', nameOf(match.track))}   ${words.join('   ')}`;
  };
  const sure = matches.map((match, i) => `${i === 0 ? `${answer.file}: ` : '  also: '}${line(match)}`);
  const unsure = others
    .slice(0, Math.max(0, top - Math.max(1, matches.length)))
    .map((match) =>
      paint(
        'dim',
        `  or: ${nameOf(match.track)}   at ${clock(match.offsetSeconds, 1)}   ${sureness(match.confidence)}`,
      ),
    );
  return [...(sure.length ? sure : [`${answer.file}: ${paint('yellow', 'no match')}`]), ...unsure];
}

function jsonMatch({ track, offsetSeconds, otherOffsets, confidence, speed, pitch }: Match) {
  const { id, title, artist, album, fileName } = track;
  return {
    track: { id, title, artist, album, fileName },
    offsetSeconds: hundredth(offsetSeconds),
    ...(otherOffsets && { otherOffsets: otherOffsets.map(hundredth) }),
    confidence: thousandth(confidence),
    speed: thousandth(speed),
    pitch: thousandth(pitch),
  };
}

function jsonAnswer(answer: FileAnswer, top: number) {
  const { file } = answer;
  if ('fault' in answer) return { file, status: 'error' as const, error: answer.fault };
  const { matches, others, heardSeconds, timings } = answer.recognition;
  const [best, ...further] = matches.map(jsonMatch);
  return {
    file,
    status: best ? ('match' as const) : ('none' as const),
    ...best,
    /** Other candidates; `sure` is true if several tracks play at once. */
    others: [
      ...further.map((match) => ({ ...match, sure: true })),
      ...others.map((match) => ({ ...jsonMatch(match), sure: false })),
    ].slice(0, Math.max(0, top - 1)),
    heardSeconds: hundredth(heardSeconds),
    timings: Object.fromEntries(
      Object.entries({ decodeMs: answer.decodeMs, ...timings }).map(([name, ms]) => [name, tenth(ms)]),
    ),
  };
}

/** Unit of dejavu's `offset` in seconds: half a window of 4096 samples at 44,100 Hz. */
const DEJAVU_STEP = 2048 / 44100;
/** The result of dejavu's `recognize`, with its names and units. Only sure answers are included; an empty list means no match. */
function dejavuAnswer(answer: FileAnswer, top: number) {
  if ('fault' in answer) return { file: answer.file, error: answer.fault.message };
  const { matches, hashCount, timings } = answer.recognition;
  const { decodeMs } = answer;
  return {
    file: answer.file,
    total_time: (decodeMs + timings.totalMs) / 1000,
    fingerprint_time: (decodeMs + timings.kernelMs) / 1000,
    query_time: timings.lookupMs / 1000,
    align_time: timings.matchMs / 1000,
    results: matches.slice(0, top).map(({ track, votes = 0, offsetSeconds }) => {
      const known = track.peakCount * PRINT_FAN;
      return {
        song_id: track.id,
        song_name: track.fileName.replace(/\.[^.]+$/, ''),
        input_total_hashes: hashCount,
        fingerprinted_hashes_in_db: known,
        hashes_matched_in_input: votes,
        input_confidence: hundredth(votes / Math.max(1, hashCount)),
        fingerprinted_confidence: hundredth(votes / Math.max(1, known)),
        offset: Math.round(offsetSeconds / DEJAVU_STEP),
        offset_seconds: Math.round(offsetSeconds * 1e5) / 1e5,
        file_sha1: track.contentId,
      };
    }),
  };
}
