import type { Engine } from '../../engine/api.ts';
import { openSoundStream } from '../decode/open-file.ts';
import { type RecognizedFile, type RecognizeFileOptions, recognizeStream } from './recognize-stream.ts';

/** What is in a file; `alive` is called for every window of it, and while its decoder is waited for. */
export async function recognizeFile(
  engine: Pick<Engine, 'recognize'>,
  path: string,
  asked: RecognizeFileOptions = {},
  alive?: () => void,
): Promise<RecognizedFile> {
  const begun = performance.now();
  const stream = await openSoundStream(path, asked.signal, alive);
  const openMs = performance.now() - begun;
  const { recognition, decodeMs } = await recognizeStream(engine, stream, asked, alive);
  return { recognition, decodeMs: openMs + decodeMs };
}
