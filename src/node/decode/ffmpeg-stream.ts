/** Decodes sound that need not end with ffmpeg: a stream of bytes, an address or a sound device. */
import { Readable } from 'node:stream';
import { hearable } from '../../audio/rates.ts';
import { UserError } from '../../errors.ts';
import type { Pcm } from '../../types.ts';
import { startProgram } from '../system/child-programs.ts';
import { CONTAINERS, decodedBy, type Ffmpeg, hasFfmpeg, OUTPUT } from './ffmpeg.ts';
import type { SoundStream } from './raw-sound.ts';

/** After this long without sound a stream is taken for dead. */
const PATIENCE_SECONDS = 20;
/** How much ffmpeg examines before it writes any sound: half a second, where its default is five. */
const PROBE = '-probesize 131072 -analyzeduration 500000'.split(' ');
const QUIET = '-v error -nostdin'.split(' ');

/** The input, as arguments of ffmpeg. */
export interface StreamInput {
  words: string[];
  /** Bytes for its standard input. */
  bytes?: AsyncIterable<Uint8Array>;
  patienceSeconds?: number;
  signal?: AbortSignal;
}

/** Sound in bytes that arrive. */
export function pipedSound(bytes: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<SoundStream> {
  const words = `-protocol_whitelist pipe -format_whitelist ${CONTAINERS} -i pipe:0`.split(' ');
  return ffmpegStream({ words, bytes, signal });
}

export async function ffmpegStream(input: StreamInput): Promise<SoundStream> {
  if (!hasFfmpeg()) throw new UserError('CodecMissing', 'Streams are decoded by ffmpeg, which is not installed.');
  const blocks = hearable(decoded(input));
  const { value: first } = await blocks.next();
  if (!first) throw new UserError('TooShort', 'There is no sound in it.');
  return { sampleRate: first.sampleRate, blocks: samplesOf(first, blocks) };
}

async function* decoded({ words, bytes, signal, patienceSeconds = PATIENCE_SECONDS }: StreamInput) {
  const stdio = [bytes ? 'pipe' : 'ignore', 'pipe', 'pipe'] as const;
  const ffmpeg = startProgram('ffmpeg', [...QUIET, ...PROBE, ...words, ...OUTPUT], { stdio: [...stdio] }) as Ffmpeg;
  const end = () => ffmpeg.kill('SIGKILL');
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { once: true });
  if (bytes && ffmpeg.stdin) {
    const { stdin } = ffmpeg;
    stdin.on('error', () => {}); // it has ended; reading its output reports that
    const source = Readable.from(bytes, { objectMode: false });
    source.on('error', () => stdin.end());
    source.pipe(stdin);
  }
  try {
    yield* decodedBy(ffmpeg, { seconds: patienceSeconds });
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

async function* samplesOf(first: Pcm, rest: AsyncGenerator<Pcm, void>): AsyncGenerator<Float32Array, void> {
  try {
    yield first.samples;
    for await (const { samples } of rest) yield samples;
  } finally {
    await rest.return();
  }
}
