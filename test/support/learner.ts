/** A learner like that of a worker, but on this thread, with a library that only records calls. */
import type { Channels } from '../../src/audio/decode-on-page.ts';
import { lastResortOnPage } from '../../src/audio/decode-on-page.ts';
import { createLearner, type Learner } from '../../src/learn/learner.ts';
import type { Learnt, Track } from '../../src/types.ts';
import { kernelModule } from './kernel.ts';

export function trackOf({ tags, contentId, fileName, seconds, learntSeconds, cover }: Learnt, id: number): Track {
  const rest = { peakCount: 9, added: 0, enabled: true, hasCover: cover !== undefined };
  return { ...tags, id, contentId, fileName, seconds, learntSeconds, ...rest };
}

/** A library that records tracks by content. */
export function rememberingLibrary() {
  const tracks: Track[] = [];
  const learnt: Learnt[] = [];
  return {
    tracks,
    learnt,
    known: async (contentId: string) => tracks.find((track) => track.contentId === contentId),
    async add(one: Learnt) {
      const track = trackOf(one, tracks.length + 1);
      tracks.push(track);
      learnt.push(one);
      return { state: 'added' as const, track };
    },
  };
}

type LearnerLibrary = Parameters<typeof createLearner>[0]['engine'];
type DecodeOnPage = (file: Blob) => Promise<Channels>;

export function learnerHere(engine: LearnerLibrary, decodeOnPage?: DecodeOnPage): Learner<Blob> {
  return createLearner<Blob>({
    kernel: Promise.resolve(kernelModule),
    engine,
    sourceOf: (file) => ({
      name: (file as File).name ?? 'unnamed',
      content: file,
      lastResort: decodeOnPage && lastResortOnPage(file, decodeOnPage),
    }),
  });
}
