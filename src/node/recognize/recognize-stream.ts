/** Searches a recording window by window until something is recognised. */
import type { Engine, RecognizeOptions } from '../../engine/api.ts';
import type { Match, Recognition } from '../../types.ts';
import type { SoundStream } from '../decode/raw-sound.ts';
import { clipsOf } from './clip-windows.ts';

export interface RecognizeFileOptions extends Omit<RecognizeOptions, 'windowsAsked'> {
  /** Listen to the first seconds only. */
  seconds?: number;
  signal?: AbortSignal;
}

export interface RecognizedFile {
  /** Offsets are relative to the file's beginning, wherever in it the music was recognised. */
  recognition: Recognition;
  /** Time spent reading and decoding, in ms. */
  decodeMs: number;
}

/** `asking` is called for every window. */
export async function recognizeStream(
  engine: Pick<Engine, 'recognize'>,
  stream: SoundStream,
  { seconds, signal, ...options }: RecognizeFileOptions = {},
  asking = () => {},
): Promise<RecognizedFile> {
  let begun = performance.now();
  let decodeMs = 0;
  let windowsAsked = 0;
  let last: Recognition | undefined;
  for await (const { fromSeconds, pcm } of clipsOf(stream, seconds)) {
    decodeMs += performance.now() - begun;
    windowsAsked++;
    asking();
    const part = await engine.recognize(pcm, { ...options, windowsAsked }, signal);
    const moved = (match: Match) => {
      const late = fromSeconds * match.speed;
      const { otherOffsets } = match;
      return {
        ...match,
        offsetSeconds: match.offsetSeconds - late,
        ...(otherOffsets && { otherOffsets: otherOffsets.map((seconds) => seconds - late) }),
      };
    };
    last = {
      ...part,
      matches: part.matches.map(moved),
      others: part.others.map(moved),
      heardSeconds: fromSeconds + part.heardSeconds,
    };
    if (part.matches.length > 0) break;
    begun = performance.now();
  }
  signal?.throwIfAborted();
  return { recognition: last as Recognition, decodeMs };
}
