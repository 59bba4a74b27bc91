/** What fronts and matchers send each other: JSON. A clip is sent as `packClip` made it. */
import type { NearPrint } from '../../engine/shards/shard-group.ts';
import { UserError } from '../../errors.ts';
import { type Findings, isRange, type Questions, type Round } from '../../match/shards/findings.ts';
import type { Print, Track } from '../../types.ts';

/** Raise it when a message changes. Front and matchers must have the same. */
export const PROTOCOL = 2;
/** Whether a question is what its round needs. */
const isRight: { [R in Round]: (question: Partial<Questions[R]>) => boolean } = {
  counts: ({ hashes }) => isNumbers(hashes),
  landmarks: ({ weights }) => isNumbers(weights),
  likeliest: () => true,
  scan: ({ tracks = [] }) => isNumbers(tracks),
  tones: ({ far, wanted }) => isNumbers([far, wanted]) && isRange(far),
  speeds: ({ far, least }) => isNumbers([far, least]) && isRange(far),
};
const isNumbers = (values: unknown) => Array.isArray(values) && values.every(Number.isSafeInteger);
export const ROUNDS = Object.keys(isRight) as Round[];

/** What a matcher has. */
export interface MatcherStatus {
  protocol: number;
  /** FORMAT of the kernel that made the prints. */
  kernelFormat: number;
  /** Those that are ready. */
  shards: { number: number; tracks: number; seconds: number }[];
}

/** By the numbers of the shards. */
export interface FoundAnswer<R extends Round = Round> {
  findings: [number, Findings[R]][];
}

/** Of a question: the bytes of its JSON (u32, little-endian), the JSON, and the packed clip if the round needs it. */
export function packQuestion(question: Questions[Round], clip?: Uint8Array): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(question));
  const bytes = new Uint8Array(4 + json.length + (clip?.length ?? 0));
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  if (clip) bytes.set(clip, 4 + json.length);
  return bytes;
}

export function unpackQuestion<R extends Round>(round: R, bytes: Uint8Array) {
  const length = bytes.length < 4 ? Infinity : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (length > bytes.length - 4) throw damaged();
  try {
    const question: Questions[R] = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
    if (isRight[round](question)) return { question, clip: bytes.subarray(4 + length) };
  } catch {
    // Refused below.
  }
  throw damaged();
}

const damaged = () => new UserError('FileDamaged', 'This is not a question of a front.');

interface PrintRow {
  format: number;
  frameCount: number;
  frames: number[];
  bins: number[];
  levels: number[];
}

interface NearRow {
  track: Track;
  print: PrintRow;
  refused: PrintRow[];
}

export type NearAnswer = (NearRow | null)[];

export function nearRow(near: NearPrint | undefined): NearRow | null {
  return near ? { track: near.track, print: printRow(near.print), refused: near.refused.map(printRow) } : null;
}

export function nearPrint(row: NearRow | null): NearPrint | undefined {
  return row ? { track: row.track, print: printOfRow(row.print), refused: row.refused.map(printOfRow) } : undefined;
}

const printRow = ({ format, frameCount, frames, bins, levels }: Print): PrintRow => ({
  ...{ format, frameCount },
  ...{ frames: [...frames], bins: [...bins], levels: [...levels] },
});

const printOfRow = ({ format, frameCount, frames, bins, levels }: PrintRow): Print => ({
  ...{ format, frameCount, count: frames.length },
  frames: Uint32Array.from(frames),
  bins: Uint16Array.from(bins),
  levels: Uint8Array.from(levels),
});
