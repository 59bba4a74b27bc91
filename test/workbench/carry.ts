/** A library in this browser, to see that bundles go both ways between it and the command line. */
import { openEngine } from '../../src/engine/engine.ts';
import { compileKernel } from '../../src/kernel/kernel.ts';
import { kernelUrl } from '../../src/kernel/url.ts';
import { createLearner } from '../../src/learn/learner.ts';
import { openIndexedDb } from '../../src/library/shelf/indexeddb.ts';

export interface Carried {
  /** Of all that it holds then, as an array of bytes. */
  bundle: number[];
  titles: string[];
}

/** Takes a bundle in, learns files, and hands out the whole under a name. */
export async function carry(bundle: number[] | undefined, files: File[], name: string): Promise<Carried> {
  const kernel = fetch(kernelUrl).then(compileKernel);
  const shelf = await openIndexedDb(`carry ${crypto.randomUUID()}`);
  const engine = await openEngine({ shelf, kernel: await kernel });
  if (bundle) await engine.importBundle(new Blob([Uint8Array.from(bundle)]), 'merge');
  const sourceOf = (file: File) => ({ name: file.name, content: file });
  const learner = createLearner({ kernel, engine, sourceOf });
  for (const file of files) await learner.learn(file, {}, () => {});
  const parts: number[] = [];
  await engine.exportBundle({ name }, async (bytes) => {
    for (const byte of bytes) parts.push(byte);
  });
  const { rows } = await engine.tracks({ limit: Number.POSITIVE_INFINITY });
  await engine.close();
  return { bundle: parts, titles: rows.map(({ title }) => title) };
}
