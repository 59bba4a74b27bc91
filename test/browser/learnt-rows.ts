/** The rows of a library, out of one browser context and into another: a test that is not about learning need not learn. */
import type { Page } from '@playwright/test';

/** Of each store: keys, and rows in base64. */
export interface LearntRows {
  version: number;
  stores: Record<string, [key: number, row: string][]>;
}

/** A page of the app's origin where the app does not run. */
export const BESIDE = './icons/icon-192.png';

export const takeRows = (page: Page): Promise<LearntRows> =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open('entendu'));
    const names = [...db.objectStoreNames];
    const transaction = db.transaction(names);
    const lists = names.map((name) => {
      const store = transaction.objectStore(name);
      return Promise.all([done(store.getAllKeys()), done<Uint8Array[]>(store.getAll())]);
    });
    const stores: LearntRows['stores'] = {};
    for (const [i, [keys, rows]] of (await Promise.all(lists)).entries())
      stores[names[i]] = keys.map((key, k) => [Number(key), btoa(String.fromCharCode(...rows[k]))]);
    db.close();
    return { version: db.version, stores };
  });

/** Before the app is opened. */
export async function putRows(page: Page, rows: LearntRows): Promise<void> {
  await page.goto(BESIDE);
  await page.evaluate(async ({ version, stores }) => {
    const request = indexedDB.open('entendu', version);
    request.onupgradeneeded = () => {
      for (const name of Object.keys(stores)) request.result.createObjectStore(name);
    };
    await new Promise((resolve, reject) => {
      request.onsuccess = resolve;
      request.onerror = () => reject(request.error);
    });
    const transaction = request.result.transaction(Object.keys(stores), 'readwrite');
    for (const [name, rows] of Object.entries(stores))
      for (const [key, row] of rows)
        transaction.objectStore(name).put(
          Uint8Array.from(atob(row), (letter) => letter.charCodeAt(0)),
          key,
        );
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    request.result.close();
  }, rows);
}
