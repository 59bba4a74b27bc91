/**
 * Private members of mediabunny, for which it has no public way. Its version is therefore pinned exactly, and
 * `mediabunny-internals.test.ts` fails when a new version has moved them. Without them the sound is the same, but some memory and speed
 * are lost, and endless loops are not noticed.
 */
import type { AudioSample, InputAudioTrack, Source } from 'mediabunny';

/** Of MP3, ADTS and FLAC it remembers where each frame lies, to seek back. We only go forward; ten hours take 300 MB. */
interface Remembering {
  _backing?: { demuxer?: { loadedSamples?: unknown } };
}

/** Frames kept around the current one; mediabunny looks a little ahead and behind. */
export const KEPT_FRAMES = 4096;

/** What frees that memory; to be called now and then while the track is read. */
export function forgetter(track: InputAudioTrack): () => void {
  const { _backing } = track as unknown as Remembering;
  let forgotten = 1;
  return () => {
    const frames = _backing?.demuxer?.loadedSamples;
    if (!Array.isArray(frames)) return;
    const end = frames.length - KEPT_FRAMES;
    if (end - forgotten < KEPT_FRAMES) return;
    // mediabunny searches the list by time: length and order must stay, so all past frames become the first one.
    frames.fill(frames[0], forgotten, end);
    forgotten = end;
  };
}

/** What the browser decoded. Its own `copyTo` makes a view and asks for a conversion each time: a tenth of the decoding. */
interface Holding {
  _data?: unknown;
}

/** Copies samples of a plane, from frame `frameOffset` on, until `into` is full. */
export function copierOf(sample: AudioSample): (planeIndex: number, into: Float32Array, frameOffset: number) => void {
  const { _data: held } = sample as unknown as Holding;
  const own = typeof AudioData === 'function' && held instanceof AudioData ? held : undefined;
  if (own?.format === 'f32-planar')
    return (planeIndex, into, frameOffset) => own.copyTo(into, { planeIndex, frameOffset, frameCount: into.length });
  return (planeIndex, into, frameOffset) =>
    sample.copyTo(into, { planeIndex, format: 'f32-planar', frameOffset, frameCount: into.length });
}

/** Every read of a demuxer goes through it. */
interface Readable {
  _read?(start: number, ...more: unknown[]): unknown;
}

/** A demuxer that reads the same place so many times in a row makes no progress. */
const MOST_READS = 10_000;

/**
 * Makes endless reads of one place throw. In damaged Matroska, mediabunny (1.61) looks for the next element and may find it where it
 * stands, again and again; files in memory are read without a pause, so that nothing else in the thread would ever run.
 */
export function withoutEndlessReads<S extends Source>(source: S): S {
  const readable = source as unknown as Readable;
  const read = readable._read?.bind(source);
  let last = -1;
  let count = 0;
  if (read)
    readable._read = (start, ...more) => {
      count = start === last ? count + 1 : 0;
      last = start;
      if (count > MOST_READS) throw new Error(`byte ${start} is read without end`);
      return read(start, ...more);
    };
  return source;
}
