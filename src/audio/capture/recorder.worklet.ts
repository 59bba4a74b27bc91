/**
 * Runs on the audio thread: takes 128 samples per call and posts blocks of mono samples straight to the engine. The audio
 * thread must never be late, so this only copies and posts, and allocates once per block.
 *
 * Messages: first the port for the blocks, later 'stop'. Sound before the port arrives is dropped.
 */

/** Samples in a block: 43 ms at 48 kHz, short compared with the quarter second between two states. */
const BLOCK = 2048;
/** Longest gap that is left out, in calls: half a second at 44.1 kHz. Longer ones are real silence, as of a muted microphone. */
const MOST_GAP = 172;

export interface RecorderOptions {
  /**
   * Leave out short stretches of zeros. WebKitGTK (2.50) inserts them when sound comes late, and then goes on where it was: without
   * them the sound is whole.
   */
  skipsGaps: boolean;
}

// In the scope of audio worklets; not declared by TypeScript.
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(
  name: string,
  processor: new (node: { processorOptions: RecorderOptions }) => AudioWorkletProcessor,
): void;

class Recorder extends AudioWorkletProcessor {
  private block = new Float32Array(BLOCK);
  private filled = 0;
  private out?: MessagePort;
  private isRunning = true;
  private readonly skipsGaps: boolean;
  /** Calls in a row that brought only zeros. */
  private gap = 0;

  constructor({ processorOptions }: { processorOptions: RecorderOptions }) {
    super();
    this.skipsGaps = processorOptions.skipsGaps;
    this.port.onmessage = ({ data }: MessageEvent<MessagePort | 'stop'>) => {
      if (data === 'stop') this.isRunning = false;
      else this.out = data;
    };
  }

  process([[samples]]: Float32Array[][]): boolean {
    if (samples && this.out && !(this.skipsGaps && this.isGap(samples))) this.keep(samples);
    return this.isRunning;
  }

  private isGap(samples: Float32Array): boolean {
    this.gap = samples.every((sample) => sample === 0) ? this.gap + 1 : 0;
    return this.gap > 0 && this.gap <= MOST_GAP;
  }

  /** A block is a multiple of 128 samples. With another number, the rest begins the next block. */
  private keep(samples: Float32Array) {
    const room = Math.min(samples.length, BLOCK - this.filled);
    this.block.set(room < samples.length ? samples.subarray(0, room) : samples, this.filled);
    this.filled += room;
    if (this.filled < BLOCK) return;
    this.out?.postMessage(this.block, [this.block.buffer]);
    this.block = new Float32Array(BLOCK);
    this.filled = 0;
    if (room < samples.length) this.keep(samples.subarray(room));
  }
}

registerProcessor('recorder', Recorder);
