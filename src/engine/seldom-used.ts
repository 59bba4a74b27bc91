/** Methods of the engine that listening does not need: bundles, duplicates, lyrics and the like. Loaded with the first call of any of them. */
import { KERNEL_FORMAT } from '../kernel/format.ts';
import { previewBundle as previewOf } from '../library/bundle/preview-bundle.ts';
import type { Library } from '../library/library.ts';
import { readLyrics, writeLyrics } from '../library/tracks/track-lyrics.ts';
import type { Sessions } from '../sessions/session-model.ts';
import type { Engine } from './api.ts';
import { keepPair as keepBoth, withoutKept } from './duplicates/kept-pairs.ts';

/** What they need of the engine. */
export interface SeldomHost {
  library: Library;
  keptSessions(): Promise<Sessions>;
  /** Call this when sessions or refusals were changed without these methods. */
  keptChanged(): Promise<void>;
}

type Seldom<Name extends keyof Engine> = (
  host: SeldomHost,
  ...args: Parameters<Extract<Engine[Name], (...args: never[]) => unknown>>
) => ReturnType<Extract<Engine[Name], (...args: never[]) => unknown>>;

export const lyrics: Seldom<'lyrics'> = ({ library }, id) => readLyrics(library.kept, id);

export const setLyrics: Seldom<'setLyrics'> = ({ library }, id, text) => writeLyrics(library.kept, id, text);

export const setCover: Seldom<'setCover'> = async ({ library }, id, cover) =>
  (await library.loadChanges()).setCover(id, cover);

export const previewBundle: Seldom<'previewBundle'> = ({ library }, bundle) =>
  previewOf(bundle, KERNEL_FORMAT, (contentId) => library.known(contentId) !== undefined);

export const exportBundle: Seldom<'exportBundle'> = async ({ library, keptSessions }, ...args) =>
  (await import('./bundles.ts')).exportBundle(library, keptSessions, ...args);

export const importBundle: Seldom<'importBundle'> = async ({ library, keptSessions, keptChanged }, ...args) => {
  const result = await (await import('./bundles.ts')).importBundle(library, keptSessions, ...args);
  await keptChanged();
  return result;
};

export const findDuplicates: Seldom<'findDuplicates'> = async ({ library }, progress, signal) => {
  const { findDuplicates } = await import('./duplicates/find-duplicates.ts');
  return withoutKept(library, await findDuplicates({ index: library, progress, signal }));
};

export const keepPair: Seldom<'keepPair'> = ({ library }, track, other) => keepBoth(library, track, other);

export const verify: Seldom<'verify'> = async ({ library, keptChanged }, progress) => {
  const { checkKept } = await import('../sessions/check-kept.ts');
  const lost = await checkKept(library.kept);
  const { repaired, lost: lostTracks } = await library.verify(progress);
  if (lost.length > 0) await keptChanged();
  return { repaired, lost: [...lostTracks, ...lost] };
};

export const groups: Seldom<'groups'> = ({ library }, by, search) => library.groups(by, search);

export const prepareSearch: Seldom<'prepareSearch'> = ({ library }) => library.prepareSearch();

export const constellation: Seldom<'constellation'> = async ({ library }, id) => {
  const [print] = await library.prints([id]);
  return print && { frames: print.frames, bins: print.bins, frameCount: print.frameCount };
};
