/** For what no worker can decode: the browser's own decoder, on the page, which needs the whole sound in memory. */
import { transfer } from 'comlink';
import { UserError } from '../errors.ts';
import type { Channels } from './learner.ts';

/** About twenty minutes of MP3, half a gigabyte when decoded. */
export const FALLBACK_BYTES = 20 * 2 ** 20;

/** To this rate the browser brings whatever it decodes. Most music has it already. */
const RATE = 44_100;

export async function decodeOnPage(file: Blob): Promise<Channels> {
  if (file.size > FALLBACK_BYTES) {
    const limit = FALLBACK_BYTES / 2 ** 20;
    throw new UserError('FileTooLarge', `This browser can decode it only as a whole, and only up to ${limit} MB.`);
  }
  const context = new OfflineAudioContext(1, 1, RATE);
  const bytes = await file.arrayBuffer().catch((cause) => {
    throw new UserError('FileUnreadable', 'The file cannot be read any more.', { cause });
  });
  try {
    const sound = await context.decodeAudioData(bytes);
    const channels = Array.from({ length: sound.numberOfChannels }, (_, c) => sound.getChannelData(c));
    const buffers = channels.map(({ buffer }) => buffer as ArrayBuffer);
    return transfer({ channels, sampleRate: sound.sampleRate }, buffers);
  } catch (cause) {
    throw new UserError('FileDamaged', 'The file is damaged: its sound cannot be decoded.', { cause });
  }
}
