/** What the benchmarks' workers have in common: see `chromium.ts`. */
import type { Material } from './library-trial.ts';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

export async function given(): Promise<Material> {
  const { kernel, prints, clips } = await (await fetch('/material')).json();
  return {
    kernel: bytesOf(kernel),
    prints: prints.map(bytesOf),
    clips: clips.map((clip: { track: number; sampleRate: number; samples: string }) => ({
      ...clip,
      samples: new Float32Array(bytesOf(clip.samples).buffer),
    })),
  };
}

/** Only the page may measure memory, its workers' included. */
export function memoryBytes(): Promise<number> {
  postMessage({ measure: true });
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<{ bytes: number }>) => resolve(data.bytes);
    addEventListener('message', listen, { once: true });
  });
}

export const told = (what: string): void => postMessage({ told: what });

/** Runs what is asked for with the first message, and posts what comes of it. */
export function serve<Asked>(run: (asked: Asked) => Promise<object>): void {
  const start = async ({ data }: MessageEvent<Asked>) => {
    try {
      postMessage({ result: await run(data) });
    } catch (error) {
      postMessage({ failed: String(error instanceof Error ? error.stack : error) });
    }
  };
  addEventListener('message', start, { once: true });
}
