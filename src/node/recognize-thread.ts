/** Recognises files on a thread of its own, which reads the library by itself; see `recognize-files.ts`. */
import { workerData } from 'node:worker_threads';
import { openLibrary, type RecognizedFile } from './package.ts';
import type { Request } from './recognize-files.ts';
import { serve } from './thread.ts';

const library = openLibrary(workerData as string, { readOnly: true });
library.catch(() => {}); // told to whoever asks

serve<Request, RecognizedFile>(async ({ path, asked }) => (await library).recognizeFile(path, asked));
