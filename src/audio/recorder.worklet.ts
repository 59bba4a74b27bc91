/**
 * Audio thread. Copies samples into blocks and posts each full one to whoever is connected: no work, no waiting, one
 * allocation per block and none per call.
 */

/** Samples in a block: 43 ms at 48 kHz, a sixth of the quarter second in which answers come. */
const BLOCK = 2048;

// The scope of audio worklets, which TypeScript's own library leaves out.
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

class Recorder extends AudioWorkletProcessor {
  private block = new Float32Array(BLOCK);
  private filled = 0;
  private out?: MessagePort;
  private isRunning = true;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<MessagePort | 'stop'>) => {
      if (data === 'stop') this.isRunning = false;
      else this.out = data;
    };
  }

  process([[samples]]: Float32Array[][]): boolean {
    if (samples && this.out) this.keep(samples);
    return this.isRunning;
  }

  /** Calls bring 128 samples, which divides the block; should a browser bring others, the rest opens the next block. */
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
