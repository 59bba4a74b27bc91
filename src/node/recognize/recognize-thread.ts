/** Recognises files on a thread of its own, which reads the library by itself; `recognize-files.ts` starts it. Nothing but glue. */
import { openLibrary } from '../package.ts';
import { serveThread } from '../start-thread.ts';
import { recognizeFile } from './recognize-file.ts';
import type { FileRecognizer } from './recognize-files.ts';

serveThread(async (folder: string): Promise<FileRecognizer> => {
  // The other cores have files of their own.
  const library = await openLibrary(folder, { readOnly: true, threads: 1 });
  return { recognize: (path, asked, alive) => recognizeFile(library, path, asked, alive) };
});
