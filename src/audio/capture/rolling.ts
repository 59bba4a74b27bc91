/** Keeps the last few seconds of a capture in memory, while it runs. */
import type { Pcm } from '../../types.ts';
import type { Capture } from './capture-stream.ts';

export interface Rolling {
  /** The latest samples, oldest first. */
  read(): Pcm;
  stop(): void;
}

export function keepRolling(source: Capture, seconds: number): Rolling {
  const ring = ringOf(Math.round(seconds * source.sampleRate));
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<Float32Array>) => ring.write(data);
  source.connect(port2);
  return {
    read: () => ({ samples: ring.read(), sampleRate: source.sampleRate }),
    stop() {
      port1.close();
      source.stop();
    },
  };
}

/** Keeps the last `capacity` samples written. */
export function ringOf(capacity: number) {
  const samples = new Float32Array(capacity);
  let written = 0;
  return {
    write(block: Float32Array) {
      const kept = block.subarray(Math.max(0, block.length - capacity));
      const start = (written + block.length - kept.length) % capacity;
      const untilEnd = Math.min(kept.length, capacity - start);
      samples.set(kept.subarray(0, untilEnd), start);
      samples.set(kept.subarray(untilEnd), 0);
      written += block.length;
    },
    read(): Float32Array {
      if (written <= capacity) return samples.slice(0, written);
      const start = written % capacity;
      const inOrder = new Float32Array(capacity);
      inOrder.set(samples.subarray(start));
      inOrder.set(samples.subarray(0, start), capacity - start);
      return inOrder;
    },
  };
}
