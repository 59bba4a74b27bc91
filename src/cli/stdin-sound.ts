/** Listens to sound from standard input or a long file. */
import type { PcmFormat } from '../audio/formats/pcm-bytes.ts';
import type { Heard, Listening, ListenOptions } from '../engine/api.ts';
import { UserError } from '../errors.ts';
import { FASTEST_RATE, SLOWEST_RATE } from '../kernel/format.ts';
import { bareFormat, ENCODINGS, hearableStream, readSound, type SoundStream } from '../node/decode/raw-sound.ts';
import type { Library } from '../node/package.ts';
import { choice, number, UsageError, type Values } from './options.ts';

/** Options that describe raw samples. */
export const bareSound = {
  rate: number('HZ', '"-": the input is raw samples with this sample rate', {
    least: SLOWEST_RATE,
    most: FASTEST_RATE,
  }),
  channels: number('N', '"-": channels of raw samples; default 1', { least: 1, most: 64, whole: true }),
  encoding: choice(ENCODINGS, '"-": encoding of raw samples'),
};

function formatOf({ rate, channels = 1, encoding }: Values<typeof bareSound>): PcmFormat | undefined {
  if (rate === undefined) return undefined;
  return bareFormat(rate, channels, encoding);
}

export async function openStandardInput(bare: Values<typeof bareSound>, signal: AbortSignal): Promise<SoundStream> {
  const rescue = 'If it is raw samples, give their sample rate: --rate 44100 (and --channels, --encoding).';
  try {
    const stream = await readSound(untilStopped(process.stdin, signal), formatOf(bare)).catch((error) => {
      if (error instanceof UserError && error.name === 'NotAudio') error.message += ` ${rescue}`;
      throw error;
    });
    return hearableStream(stream);
  } catch (error) {
    throw new UsageError(`Standard input: ${error instanceof Error ? error.message : error}`);
  }
}

async function* untilStopped(input: NodeJS.ReadStream, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  signal.addEventListener('abort', () => input.destroy(), { once: true });
  try {
    yield* input;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/**
 * Sends the sound to a session until it ends, `heard` returns 'enough', or `options.seconds` are over. Waits until each block has
 * been judged. Returns the session, which is still open.
 */
export async function hear(
  library: Library,
  { sampleRate, blocks }: SoundStream,
  options: ListenOptions & { seconds?: number },
  heard: (heard: Heard) => 'enough' | undefined,
): Promise<Listening> {
  let isEnough = false;
  const listening = await library.listen(sampleRate, options, (state) => {
    isEnough ||= heard(state) === 'enough';
  });
  let left = (options.seconds ?? Infinity) * sampleRate;
  for await (const block of blocks) {
    await listening.push(block.subarray(0, Math.min(block.length, left)));
    left -= block.length;
    if (isEnough || left <= 0) break;
  }
  return listening;
}
