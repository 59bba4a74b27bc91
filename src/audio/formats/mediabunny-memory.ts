/**
 * Of MP3, ADTS and FLAC mediabunny remembers where each frame lies, for whoever goes back. We only go forward, and ten
 * hours of that are 300 MB.
 */
import type { InputAudioTrack } from 'mediabunny';

/** Where that is remembered: nothing that mediabunny promises. Should it move, only memory is lost. */
interface Remembering {
  _backing?: { demuxer?: { loadedSamples?: unknown } };
}

/** Frames about where we are; mediabunny looks a little ahead and behind. */
const KEPT_FRAMES = 4096;

/** To be called now and then while the track is read. */
export function forgetter(track: InputAudioTrack): () => void {
  const { _backing } = track as unknown as Remembering;
  let forgotten = 1;
  return () => {
    const frames = _backing?.demuxer?.loadedSamples;
    if (!Array.isArray(frames)) return;
    const end = frames.length - KEPT_FRAMES;
    if (end - forgotten < KEPT_FRAMES) return;
    // The list keeps its length and its order, in which mediabunny searches: all that is past becomes the first frame.
    frames.fill(frames[0], forgotten, end);
    forgotten = end;
  };
}
