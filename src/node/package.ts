/**
 * The package `entendu`: a music library in a folder, and its engine. The command line uses it, too.
 *
 *     const library = await openLibrary('songs');
 *     for await (const { path, state } of library.addFiles(['music'])) console.log(state, path);
 *     const { recognition } = await library.recognizeFile('clip.wav');
 *     console.log(recognition.matches[0]?.track.title ?? 'no match');
 *     await library.close();
 */
import { availableParallelism } from 'node:os';
import type { Engine } from '../engine/api.ts';
import { openEngine } from '../engine/engine.ts';
import { kernelBytes } from '../kernel/bytes.node.ts';
import { compileKernel } from '../kernel/kernel.ts';
import { Gate } from '../library/gate.ts';
import type { OtherWriters } from '../library/shelf/other-writers.ts';
import { type AddFilesOptions, type AddOptions, addFile, addFiles, type FileAdded } from './learn/add-files.ts';
import { createPathLearner } from './learn/path-learner.ts';
import { openShelf } from './open-shelf.ts';
import { isPostgresAddress, parseAddress } from './postgres/postgres-address.ts';
import { recognizeFile } from './recognize/recognize-file.ts';
import { type FileRecognized, recognizeFiles } from './recognize/recognize-files.ts';
import type { RecognizedFile, RecognizeFileOptions } from './recognize/recognize-stream.ts';
import { isFrontAddress } from './shards/front-address.ts';
import { soundFilesIn } from './sound-files.ts';
import { homeLibrary } from './system/home-folder.ts';

export type * from '../engine/api.ts';
export { type Fault, type FaultName, UserError } from '../errors.ts';
export type * from '../types.ts';
export type { AddFilesOptions, AddOptions, FileAdded, FileRecognized, RecognizedFile, RecognizeFileOptions };

/** The engine, extended by functions for files and folders. */
export interface Library extends Engine {
  /** The folder, or the address of the database, as it was given. */
  readonly folder: string;
  /** Learns one file on this thread. Problems with the file are reported in `state`, not thrown. */
  addFile(path: string, options?: AddOptions): Promise<FileAdded>;
  /**
   * Learns files, and the sound files in folders, on `jobs` threads (default: the number of cores). Yields results in the order in
   * which files are done.
   */
  addFiles(paths: Iterable<string>, options?: Partial<AddFilesOptions>): AsyncGenerator<FileAdded, void>;
  /**
   * A file longer than half a minute is searched in windows until something is recognised. From the second minute on, confidence
   * decreases with the number of windows, because one of many may fit by chance.
   */
  recognizeFile(path: string, options?: RecognizeFileOptions): Promise<RecognizedFile>;
  /** Recognises thousands of files on `jobs` threads (default: the number of cores). Yields results in the order of the files. */
  recognizeFiles(
    paths: Iterable<string>,
    options?: RecognizeFileOptions & { jobs?: number },
  ): AsyncGenerator<FileRecognized, void>;
}

/**
 * Opens the library in a folder (default: the user's own), or in a database (`postgres://host/music`; needs the package `pg`), and
 * creates it if it does not exist. `?shards=0-3` opens several shards of the database as one library. Only one process at a time may write to a folder, any number to a database; with `readOnly`, any
 * number may read at the same time. `others` passes changes by the writer of a folder to readers that stay open; a database does
 * so itself. In a library of many hours, up to `threads` threads (default: the number of cores) search together for each clip; 1 means
 * only the calling one.
 */
export async function openLibrary(
  folder = homeLibrary(),
  { readOnly, others, threads }: { readOnly?: boolean; others?: OtherWriters; threads?: number } = {},
): Promise<Library> {
  const kernel = compileKernel(kernelBytes());
  const engine = await engineFor(folder, await kernel, { readOnly, others, threads });
  const learner = createPathLearner({ kernel, engine });
  // Closing the library waits for files that are being learnt or recognised here.
  const gate = new Gate();
  return {
    ...engine,
    folder,
    addFile: (path: string, add: AddOptions = {}) => gate.run(() => addFile(engine, learner, path, add)),
    async *addFiles(paths: Iterable<string>, add: Partial<AddFilesOptions> = {}) {
      const files = await soundFilesIn(paths);
      yield* addFiles(
        engine,
        files.map(({ path }) => path),
        { jobs: availableParallelism(), ...add },
      );
    },
    recognizeFile: (path: string, asked?: RecognizeFileOptions) => gate.run(() => recognizeFile(engine, path, asked)),
    recognizeFiles: (paths: Iterable<string>, asked: RecognizeFileOptions & { jobs?: number } = {}) =>
      recognizeFiles(folder, paths, { jobs: availableParallelism(), ...asked }),
    async close() {
      await gate.close();
      await engine.close();
    },
  };
}

async function engineFor(
  place: string,
  kernel: WebAssembly.Module,
  { readOnly, others, threads }: { readOnly?: boolean; others?: OtherWriters; threads?: number },
): Promise<Engine> {
  if (isFrontAddress(place)) {
    const { openFront } = await import('./shards/front-engine.ts');
    return openFront(place, kernel);
  }
  const numbers = isPostgresAddress(place) ? parseAddress(place).shards : undefined;
  if (numbers) {
    const { openShards } = await import('./shards/open-shards.ts');
    return openShards(place, numbers, kernel, readOnly);
  }
  const searchThreads = async () => (await import('./start-search-thread.ts')).searchThreads(threads);
  return openEngine({ others, ...(await openShelf(place, { readOnly })), kernel, searchThreads });
}
