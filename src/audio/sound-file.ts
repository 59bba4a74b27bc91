/** An opened file with sound, of any format. */
import type { Pcm, Tags } from '../types.ts';

export interface Picture {
  bytes: Uint8Array<ArrayBuffer>;
  /** As in `image/jpeg`. */
  type: string;
}

export interface FileTags extends Partial<Tags> {
  cover?: Picture;
  lyrics?: string;
}

export interface SoundFile {
  /** As the file claims; it may claim nothing, or be wrong. */
  seconds?: number;
  tags(): Promise<FileTags>;
  /** Its sound from the beginning, mono. A block's samples belong to the receiver. */
  blocks(): AsyncGenerator<Pcm, void>;
  close(): void;
}

/** Decodes the sound of a file from its beginning: see `decode.ts`. */
export type LastResort = () => AsyncGenerator<Pcm, void>;
