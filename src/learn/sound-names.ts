/** Which files are worth opening, by their names and types. What is in them shows only then. */

const SOUND =
  /\.(mp[1-4a]|m4[abprv]|aac|adts?|og[gavx]|opus|spx|flac|wave?|bwf|rf64|w64|aif[fc]?|caf|au|snd|webm|weba|mk[av]|mov|qt|3g[p2]|m?ts|m2ts|mpegts|mpe?g|avi|wm[av]|amr|ac3|eac3|dts|ape|wv)$/i;

/** Names that look like something else, whatever the system takes their type for. */
const NO_SOUND = /^\.|^(thumbs\.db|desktop\.ini)$|\.(d\.ts|m3u8?|pls|cue|asx|xspf|midi?)$/i;

export function isSound({ name, type }: { name: string; type: string }): boolean {
  if (NO_SOUND.test(name)) return false;
  return SOUND.test(name) || /^(audio|video)\//.test(type) || type === 'application/ogg';
}

/** Programs in TypeScript have the names of videos, and systems take them for such: only what is in it tells. */
export const isDoubtful = ({ name }: { name: string }): boolean => /\.m?ts$/i.test(name);
