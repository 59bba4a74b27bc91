/** A file's own tags, cleaned up for display; what they leave out is guessed from its name. */
import type { AttachedImage, MetadataTags } from 'mediabunny';
import { lyricsOfTags } from '../lyrics/tag-lyrics.ts';
import type { Tags } from '../types.ts';
import type { FileTags } from './sound-file.ts';
import { tagsOfName } from './tags-from-name.ts';

const MAX_LENGTH = 300;

export function tagsOfMetadata(metadata: MetadataTags): FileTags {
  const { title, artist, albumArtist, album, date, trackNumber, images = [] } = metadata;
  const cover = images.find(({ kind }) => kind === 'coverFront') ?? images[0];
  const year = date && !Number.isNaN(date.getTime()) ? date.getUTCFullYear() : undefined;
  return {
    ...{ title, artist: artist ?? albumArtist, album, year, trackNumber },
    cover: cover && pictureOf(cover),
    lyrics: lyricsOfTags(metadata),
  };
}

function pictureOf({ data, mimeType }: AttachedImage): FileTags['cover'] {
  return { bytes: new Uint8Array(data), type: mimeType };
}

/** One line without invisible characters, not too long. */
function line(text: string | undefined): string | undefined {
  const shown = text?.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return shown ? [...shown].slice(0, MAX_LENGTH).join('').trim() : undefined;
}

function whole(number: number | undefined, least: number, most: number): number | undefined {
  return Number.isInteger(number) && number! >= least && number! <= most ? number : undefined;
}

export function presentable(found: FileTags, fileName: string): Tags {
  const named = tagsOfName(fileName);
  const title = line(found.title);
  const tags: Tags = {
    title: title ?? line(named.title) ?? fileName,
    artist: line(found.artist) ?? (title ? undefined : line(named.artist)),
    album: line(found.album) ?? (title ? undefined : line(named.album)),
    year: whole(found.year, 1000, 2999),
    trackNumber: whole(found.trackNumber, 1, 9999) ?? (title ? undefined : named.trackNumber),
  };
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== undefined)) as unknown as Tags;
}
