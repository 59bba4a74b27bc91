/** Runs the library's trial where the app's engine runs: in a worker, on IndexedDB. */
import { openIndexedDb } from '../../src/library/indexeddb.ts';
import { openMirror } from '../../src/library/mirror.ts';
import { type Material, runTrial } from './library-trial.ts';

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

async function given(): Promise<Material> {
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
function memoryBytes(): Promise<number> {
  postMessage({ measure: true });
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<{ bytes: number }>) => resolve(data.bytes);
    addEventListener('message', listen, { once: true });
  });
}

async function run({ data }: MessageEvent<{ tracks: number; mirror: boolean }>): Promise<void> {
  try {
    const name = `bench ${data.tracks}`;
    const trial = await runTrial(await given(), data.tracks, {
      openShelf: () => openIndexedDb(name),
      openMirror: async () => (data.mirror ? openMirror(name) : undefined),
      memoryBytes,
      told: (what) => postMessage({ told: what }),
    });
    const { usage = 0 } = await navigator.storage.estimate();
    postMessage({ trial: { ...trial, storedBytes: usage } });
  } catch (error) {
    postMessage({ failed: String(error instanceof Error ? error.stack : error) });
  }
}

addEventListener('message', run, { once: true });
