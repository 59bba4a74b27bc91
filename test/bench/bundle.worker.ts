/** Runs the bundle's trial where the app's engine runs: in a worker, on IndexedDB, with files of the private file system. */
import { openIndexedDb } from '../../src/library/shelf/indexeddb.ts';
import { runBundleTrial } from './bundle-trial.ts';
import { given, memoryBytes, serve, told } from './worker.ts';

async function openFile() {
  const root = await navigator.storage.getDirectory();
  const file = await root.getFileHandle(crypto.randomUUID(), { create: true });
  const stream = await file.createWritable();
  return {
    write: (bytes: Uint8Array) => stream.write(bytes as Uint8Array<ArrayBuffer>),
    async done() {
      await stream.close();
      return file.getFile();
    },
  };
}

async function watchMemory() {
  const before = await memoryBytes();
  let most = before;
  let isOver = false;
  const looking = (async () => {
    while (!isOver) most = Math.max(most, await memoryBytes());
  })();
  return {
    async end() {
      isOver = true;
      await looking;
      return (most - before) / 2 ** 20;
    },
  };
}

serve(async ({ tracks }: { tracks: number }) => {
  const { prints } = await given();
  return runBundleTrial(prints, tracks, { openShelf: openIndexedDb, openFile, watchMemory, told });
});
