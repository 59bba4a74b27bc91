/** Which files are worth opening, judged by their names and types only. */

const SOUND =
  /\.(mp[1-4a]|m4[abprv]|aac|adts?|og[gavx]|opus|spx|flac|wave?|bwf|rf64|w64|aif[fc]?|caf|au|snd|webm|weba|mk[av]|mov|qt|3g[p2]|m?ts|m2ts|mpegts|mpe?g|avi|wm[av]|amr|ac3|eac3|dts|ape|wv)$/i;

/** Names that are no sound, whatever type the system gives them. */
const NO_SOUND = /^\.|^(thumbs\.db|desktop\.ini)$|\.(d\.ts|m3u8?|pls|cue|asx|xspf|midi?)$/i;

export function isSound({ name, type }: { name: string; type: string }): boolean {
  if (NO_SOUND.test(name)) return false;
  return SOUND.test(name) || /^(audio|video)\//.test(type) || type === 'application/ogg';
}

/** TypeScript programs have the same extension as some videos: only the content tells them apart. */
export const isDoubtful = ({ name }: { name: string }): boolean => /\.m?ts$/i.test(name);
