/** Decodes a file for the page, in the background. Nothing but glue. */
import { expose, proxy, transfer } from 'comlink';
import { openSound } from '../../audio/decode.ts';
import { type Channels, lastResortOnPage } from '../../audio/decode-on-page.ts';
import { hearable } from '../../audio/rates.ts';
import { partsOf } from '../../engine/analyse-blocks.ts';
import { install } from '../../engine/bridge/crossing.ts';
import type { Pcm } from '../../types.ts';

install();

export interface RemoteSound {
  seconds(): Promise<number | undefined>;
  /** The next part of the sound; undefined at its end. */
  next(): Promise<Pcm | undefined>;
}

export type OpenSound = (
  file: File,
  decodeOnPage: ((file: Blob) => Promise<Channels>) | undefined,
) => Promise<RemoteSound>;

const open: OpenSound = async (file, decodeOnPage) => {
  const lastResort = decodeOnPage && lastResortOnPage(file, decodeOnPage);
  const sound = await openSound(file, { lastResort });
  const parts = partsOf(hearable(sound.blocks()));
  return proxy({
    seconds: async () => sound.seconds,
    async next() {
      const { value } = await parts.next();
      return value && transfer(value, [value.samples.buffer]);
    },
  });
};

expose(open);
