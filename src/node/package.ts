/**
 * The package `entendu`: a library of music in a folder, and the engine over it. The command line is made of it, too.
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
import { type AddFilesOptions, type AddOptions, addFile, addFiles, type FileAdded } from './add-files.ts';
import { homeLibrary } from './home-folder.ts';
import { openLmdb } from './lmdb/lmdb-shelf.ts';
import { createPathLearner } from './path-learner.ts';
import { recognizeFile } from './recognize-file.ts';
import { type FileRecognized, recognizeFiles } from './recognize-files.ts';
import type { RecognizedFile, RecognizeFileOptions } from './recognize-stream.ts';
import { soundFilesIn } from './sound-files.ts';

export type * from '../engine/api.ts';
export { type Fault, type FaultName, UserError } from '../errors.ts';
export type * from '../types.ts';
export type { AddFilesOptions, AddOptions, FileAdded, FileRecognized, RecognizedFile, RecognizeFileOptions };

/** Everything of the engine, and files by their paths. */
export interface Library extends Engine {
  readonly folder: string;
  /** Learns one file on this thread. Does not throw for what is wrong with the file: see `state`. */
  addFile(path: string, options?: AddOptions): Promise<FileAdded>;
  /**
   * Learns files, and the sound files in folders, on threads: as many as there are cores unless `jobs` says otherwise.
   * In the order in which they are done.
   */
  addFiles(paths: Iterable<string>, options?: Partial<AddFilesOptions>): AsyncGenerator<FileAdded, void>;
  /**
   * A file of more than half a minute is gone through in windows until something is recognised. From the second minute on
   * confidence falls with the number of windows, as one of many fits by chance.
   */
  recognizeFile(path: string, options?: RecognizeFileOptions): Promise<RecognizedFile>;
  /** Thousands of files, in their order, on threads: as many as there are cores unless `jobs` says otherwise. */
  recognizeFiles(
    paths: Iterable<string>,
    options?: RecognizeFileOptions & { jobs?: number },
  ): AsyncGenerator<FileRecognized, void>;
}

/**
 * Opens the library in a folder, by default the person's own, and makes it if there is none. One process at a time may
 * write; with `readOnly` any number may read beside it. `others` carries what the writer changes to readers that stay open.
 */
export async function openLibrary(
  folder = homeLibrary(),
  { readOnly, others }: { readOnly?: boolean; others?: OtherWriters } = {},
): Promise<Library> {
  const kernel = compileKernel(kernelBytes());
  const engine = await openEngine({ shelf: await openLmdb(folder, { readOnly }), kernel: await kernel, others });
  const learner = createPathLearner({ kernel, engine });
  // A file that is being learnt or recognised here is waited for when the library is closed.
  const gate = new Gate();
  return {
    ...engine,
    folder,
    addFile: (path: string, add: AddOptions = {}) => gate.run(() => addFile(learner, path, add)),
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
