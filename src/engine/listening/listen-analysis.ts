/**
 * Analyses the sound of a session of listening. In: blocks of samples. Out: parts for the search; the same parts for a port, as the live
 * spectrogram, and for the recording of the session.
 */
import type { KernelStream } from '../../kernel/kernel.ts';
import type { HeardPart } from '../../match/live/heard-so-far.ts';
import { openQueryStream, takeShifts } from '../clips/analyse.ts';
import type { SpectrogramPart } from '../sessions/hearing-model.ts';
import type { SessionRecording } from '../sessions/session-recording.ts';

export class ListenAnalysis {
  /** Of the last block. */
  levelDb = -120;
  private readonly stream: KernelStream;
  private sampleCount = 0;
  private pictures: MessagePort | undefined;
  private isOver = false;

  constructor(
    kernel: WebAssembly.Module,
    private readonly sampleRate: number,
    private readonly recording?: SessionRecording,
  ) {
    this.stream = openQueryStream(kernel, sampleRate);
  }

  /** Seconds of sound so far. */
  get seconds(): number {
    return this.sampleCount / this.sampleRate;
  }

  /** Returns what became final with this block. */
  take(block: Float32Array): HeardPart {
    this.sampleCount += block.length;
    const power = powerOf(block);
    this.levelDb = Math.max(-120, 10 * Math.log10(power + 1e-12));
    this.stream.push(block);
    const part = this.takePart();
    this.recording?.hear(part.rows, power, block.length / this.sampleRate);
    this.sendPicture(part);
    return part;
  }

  /** Returns the last part. */
  finish(): HeardPart {
    this.stream.finish();
    return this.takePart();
  }

  sendPictures(port?: MessagePort): void {
    this.pictures?.close();
    this.pictures = port;
    if (this.isOver) port?.close();
  }

  /** No more pictures are sent. */
  close(): void {
    this.isOver = true;
    this.pictures?.close();
  }

  /** What became final since the last call. */
  private takePart(): HeardPart {
    return { ...this.stream.takeRows(), shifts: takeShifts(this.stream) };
  }

  private sendPicture({ firstFrame, rows, shifts: [peaks] }: HeardPart): void {
    const picture: SpectrogramPart = { firstFrame, rows, peakFrames: peaks.frames, peakBins: peaks.bins };
    this.pictures?.postMessage(picture);
  }
}

function powerOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum / samples.length;
}
