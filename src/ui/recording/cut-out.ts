/** Cuts a stretch out of a recording as a sound file, to be learnt as a song. */
import { openInWorker } from './sound-in-worker.ts';

const HEADER_BYTES = 44;

/** Mono, 16 bits, at the recording's own rate; `name` without an extension. */
export async function cutOut(file: File, fromSeconds: number, toSeconds: number, name: string): Promise<File> {
  const sound = await openInWorker(file);
  const pieces: Int16Array<ArrayBuffer>[] = [];
  let rate = 0;
  let at = 0;
  try {
    for await (const { samples, sampleRate } of sound.blocks()) {
      rate = sampleRate;
      const from = Math.max(0, Math.round(fromSeconds * rate) - at);
      const to = Math.min(samples.length, Math.round(toSeconds * rate) - at);
      at += samples.length;
      if (to > from) pieces.push(Int16Array.from(samples.subarray(from, to), asInteger));
      if (at >= toSeconds * rate) break;
    }
  } finally {
    sound.close();
  }
  const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  return new File([headerOf(bytes, rate), ...pieces], `${name}.wav`, { type: 'audio/wav' });
}

const asInteger = (sample: number) => Math.max(-1, Math.min(1, sample)) * 32_767;

function headerOf(bytes: number, rate: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  const text = (at: number, word: string) => header.set(new TextEncoder().encode(word), at);
  text(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + bytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // mono
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, bytes, true);
  return header;
}
