/** Takes everything off this device: songs, history, settings, and what waits to be learnt. */
import type { Engine } from '../../../engine/api.ts';

export async function eraseEverything(engine: Engine): Promise<void> {
  await engine.close();
  const databases = (await indexedDB.databases?.()) ?? [{ name: 'entendu' }, { name: 'entendu-history' }];
  await Promise.all(databases.flatMap(({ name }) => (name?.startsWith('entendu') ? emptied(name) : [])));
  await emptyFiles();
  if ('caches' in globalThis) await caches.delete('shared');
  localStorage.clear();
  sessionStorage.clear();
}

/** Clears a database instead of deleting it, because deleting waits until all pages, including this one, have closed it. */
function emptied(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const stores = [...database.objectStoreNames];
      const done = () => {
        database.close();
        resolve();
      };
      if (stores.length === 0) return done();
      const transaction = database.transaction(stores, 'readwrite');
      for (const store of stores) transaction.objectStore(store).clear();
      transaction.oncomplete = done;
      transaction.onerror = () => reject(transaction.error);
    };
  });
}

async function emptyFiles(): Promise<void> {
  const root = await navigator.storage?.getDirectory?.().catch(() => undefined);
  if (!root) return;
  const names: string[] = [];
  for await (const [name] of root as unknown as AsyncIterable<[string]>) names.push(name);
  await Promise.all(names.map((name) => root.removeEntry(name, { recursive: true })));
}
