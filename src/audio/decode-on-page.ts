/** What WebCodecs cannot decode: by `decodeAudioData`, which exists only on a page and needs the whole sound in memory. */
import { UserError } from '../errors.ts';
import type { Pcm } from '../types.ts';
import { Downmix } from './downmix.ts';
import { unreadable } from './file-bytes.ts';
import { inTime } from './patience.ts';
import type { LastResort } from './sound-file.ts';

/** About twenty minutes of MP3, half a gigabyte when decoded. */
const MOST_BYTES = 20 * 2 ** 20;

/** A slow phone takes a minute for the largest file, without any progress. */
const PATIENCE_SECONDS = 150;

/** The browser converts all sound to this rate; most music has it already. */
const RATE = 44_100;

/** Decoded sound, an array per channel. */
export interface Channels {
  channels: Float32Array<ArrayBuffer>[];
  sampleRate: number;
}

export async function decodeOnPage(file: Blob): Promise<Channels> {
  if (file.size > MOST_BYTES) {
    const limit = MOST_BYTES / 2 ** 20;
    throw new UserError('FileTooLarge', `This browser can decode it only as a whole, and only up to ${limit} MB.`);
  }
  const context = new OfflineAudioContext(1, 1, RATE);
  const bytes = await file.arrayBuffer().catch((cause) => {
    throw unreadable(cause);
  });
  try {
    const sound = await context.decodeAudioData(bytes);
    const channels = Array.from({ length: sound.numberOfChannels }, (_, c) => sound.getChannelData(c));
    return { channels, sampleRate: sound.sampleRate };
  } catch (cause) {
    // The browser does not say whether the file is damaged or its format unknown.
    throw new UserError('CodecMissing', 'This browser cannot decode it.', { cause });
  }
}

/** In a worker, `decode` calls `decodeOnPage` on the page. `waiting` is called now and then until it answers. */
export function lastResortOnPage(
  file: Blob,
  decode: (file: Blob) => Promise<Channels> = decodeOnPage,
  waiting?: () => void,
): LastResort {
  return async function* () {
    yield* mixed(await inTime(decode(file), { seconds: PATIENCE_SECONDS, waiting }));
  };
}

function* mixed({ channels, sampleRate }: Channels): Generator<Pcm> {
  const downmix = new Downmix(channels.length);
  for (const samples of downmix.push(channels, channels[0].length)) yield { samples, sampleRate };
  for (const samples of downmix.finish()) yield { samples, sampleRate };
}
