/** The engine of a front: it has no library, and asks matchers (`http://m1:7700,http://m2:7700`). */
import type { Engine } from '../../engine/api.ts';
import { analyse } from '../../engine/clips/analyse.ts';
import { clipOfPeaks } from '../../engine/clips/clip-bytes.ts';
import { unsupported } from '../../engine/shards/one-shard-only.ts';
import { recognizeInShards } from '../../engine/shards/recognize-in-shards.ts';
import { UserError } from '../../errors.ts';
import { type Front, parseFront } from './front-address.ts';
import { Matchers } from './matchers.ts';

export interface FrontEngine extends Engine {
  readonly matchers: Matchers;
}

export async function openFront(place: string, kernel: WebAssembly.Module): Promise<FrontEngine> {
  const front: Front = parseFront(place);
  const matchers = await Matchers.open({ ...front, token: process.env.ENTENDU_MATCHER_TOKEN });
  const deadline = () => performance.now() + 1000 * front.waitSeconds;
  const track: Engine['track'] = async (id) => (await matchers.ask().tracks([id]))[0];
  return {
    ...unsupported(ELSEWHERE),
    ...refusals(),
    matchers,
    track,
    async status() {
      const all = new Map(
        matchers.all.flatMap(({ status }) => status?.shards.map((shard) => [shard.number, shard]) ?? []),
      );
      const sum = (of: 'tracks' | 'seconds') => [...all.values()].reduce((total, shard) => total + shard[of], 0);
      return { ...NOTHING, trackCount: sum('tracks'), seconds: sum('seconds'), damaged: matchers.troubles() };
    },
    async recognize(sound, options = {}, signal) {
      const begun = performance.now();
      const analysis = analyse(kernel, sound);
      const clip = {
        analysis,
        heardSeconds: sound.samples.length / sound.sampleRate,
        kernelMs: performance.now() - begun,
      };
      return recognizeInShards(matchers, clip, { deadline: deadline(), ...options }, signal);
    },
    async recognizePeaks(clip, options = {}, signal) {
      return recognizeInShards(matchers, await clipOfPeaks(clip), { deadline: deadline(), ...options }, signal);
    },
    watch: async () => () => {},
    async close() {
      matchers.close();
    },
  };
}

const ELSEWHERE = 'Use the library itself: --library postgres://host/music?shard=N.';

const NOTHING = {
  ...{ peakCount: 0, postingCount: 0, unsealed: 0, pending: 0, segments: 0 },
  bytes: { prints: 0, index: 0, tracks: 0, covers: 0 },
};

/** What a front does not offer: it only recognises. */
function refusals() {
  const refuse = async (): Promise<never> => {
    throw new UserError('LibraryForeign', `A front only recognises. ${ELSEWHERE}`);
  };
  return {
    ...{
      tracks: refuse,
      trackIds: refuse,
      prepareSearch: refuse,
      groups: refuse,
      cover: refuse,
      setCover: refuse,
      lyrics: refuse,
      setLyrics: refuse,
      constellation: refuse,
    },
    ...{ known: refuse, add: refuse, edit: refuse, editMany: refuse, remove: refuse, restore: refuse, verify: refuse },
  };
}
