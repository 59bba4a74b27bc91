/** Runs the library's trial where the app's engine runs: in a worker, on IndexedDB. */
import { openIndexedDb } from '../../src/library/indexeddb.ts';
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

addEventListener('message', async ({ data }: MessageEvent<{ tracks: number }>) => {
  try {
    const told = (what: string) => postMessage({ told: what });
    const trial = await runTrial(await given(), data.tracks, () => openIndexedDb(`bench ${data.tracks}`), told);
    const { usage = 0 } = await navigator.storage.estimate();
    postMessage({ trial: { ...trial, storedBytes: usage } });
  } catch (error) {
    postMessage({ failed: String(error instanceof Error ? error.stack : error) });
  }
});
