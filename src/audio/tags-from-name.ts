/** Guesses tags from the name of a file. */
import type { Tags } from '../types.ts';

/** "Official video" and the like, and the address of a video, in brackets at the end. */
const ADVERTISEMENT =
  /\s*[([{]\s*(?:(?:[^)\]}]*\b(?:official|lyrics?|visuali[sz]er|audio|music video|hd|hq|4k|remaster(?:ed)? \d{4})\b[^)\]}]*)|[\w-]{11})\s*[)\]}]\s*$/i;

/** "03 - ", "3. ", "[03] ", "1-03 ", "03 ": but "99 Luftballons" begins with its own number. */
const TRACK_NUMBER =
  /^(?:[([](\d{1,3})[)\]]|(?:\d{1,2}-)?(\d{1,3})\s*[-–—.)_]+|(?:\d-)?(0\d{1,2}|\d-\d\d)(?=\s))\s+|^(\d{1,3})[-._](?=\D)/;

const SEPARATOR = /\s+[-–—]+\s+|\s*[–—]\s*/;

/** "03 - Artist - Title.mp3"; whatever the name is, there is a title. */
export function tagsOfName(fileName: string): Tags {
  let name = plain(fileName);
  for (let shorter = ''; name !== shorter; ) {
    shorter = name;
    name = name.replace(ADVERTISEMENT, '').trim() || name;
  }
  const numbered = TRACK_NUMBER.exec(name);
  let trackNumber = numberIn(numbered?.slice(1).find(Boolean));
  const rest = numbered ? name.slice(numbered[0].length).trim() : name;
  const parts = (rest || name).split(SEPARATOR).filter(Boolean);
  const numberAt = parts.length > 2 ? parts.findIndex((part) => /^\d{1,3}$/.test(part)) : -1;
  if (numberAt >= 0) trackNumber ??= numberIn(parts.splice(numberAt, 1)[0]);
  const tags: Tags = { title: parts.at(-1) ?? (name || fileName) };
  if (parts.length > 1) tags.artist = parts[0];
  if (parts.length > 2) tags.album = parts.slice(1, -1).join(' - ');
  if (trackNumber !== undefined) tags.trackNumber = trackNumber;
  return tags;
}

function plain(fileName: string): string {
  let name = fileName.slice(fileName.lastIndexOf('/') + 1).replace(/(?<=.)\.[a-z0-9]{2,6}$/i, '');
  if (/%[0-9a-f]{2}/i.test(name)) name = decoded(name);
  if (!/\s/.test(name)) name = name.replaceAll('_', ' ').replace(/(?<=\D)\+(?=\D)/g, ' ');
  if (/^[\p{Ll}\d]+(-[\p{Ll}\d]+)+$/u.test(name)) name = name.replaceAll('-', ' ');
  return name.replace(/\s+/g, ' ').trim();
}

/** Decodes a name from an address, where a space is "%20"; a name that cannot be decoded stays as it is. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function numberIn(text: string | undefined): number | undefined {
  const number = Number.parseInt(text?.slice(text.lastIndexOf('-') + 1) ?? '', 10);
  return number > 0 ? number : undefined;
}
