/**
 * Several shards as one library. A new track goes to the shard with most room; a file is in one of them only. What needs all tracks in
 * one place (listening, track lists, bundles, duplicates) works on one shard at a time, and says so.
 */
import { UserError } from '../../errors.ts';
import type { LibraryStatus } from '../../library/health/library-status.ts';
import type { Learnt, Pcm, Recognition, Track, TrackId } from '../../types.ts';
import type {
  Added,
  Engine,
  EngineChange,
  RecognizeOptions,
  TrackEdit,
  TrackGroup,
  TrackPage,
  TrackQuery,
} from '../api.ts';
import { analyse } from '../clips/analyse.ts';
import { clipOfPeaks } from '../clips/clip-bytes.ts';
import { joinedGroups, joinedPages, statusOfAll } from './joined-answers.ts';
import { LocalGroup } from './local-group.ts';
import { type Supported, unsupported } from './one-shard-only.ts';
import { recognizeInShards } from './recognize-in-shards.ts';
import type { Shard } from './shard.ts';
import { byShard, insideId, shardOf } from './shard-numbers.ts';

interface ShardedHost {
  kernel: WebAssembly.Module;
  /** Runs `work` while no other program adds to any of the shards. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

export function openShardedEngine(shards: readonly Shard[], host: ShardedHost): Engine {
  const engine = new ShardedEngine(shards, host);
  const methods = Object.getOwnPropertyNames(ShardedEngine.prototype).filter((name) => name !== 'constructor');
  const bound = methods.map((name) => [name, (engine[name as 'status'] as () => unknown).bind(engine)]);
  return { ...(Object.fromEntries(bound) as Supported), ...unsupported('Name one of them with ?shard=.') };
}

class ShardedEngine implements Supported {
  private readonly group: LocalGroup;

  constructor(
    private readonly shards: readonly Shard[],
    private readonly host: ShardedHost,
  ) {
    this.group = new LocalGroup(shards);
  }

  async status(): Promise<LibraryStatus> {
    return statusOfAll(await Promise.all(this.shards.map(({ engine }) => engine.status())));
  }

  /** The page is among the first pages of all shards. */
  async tracks({ offset = 0, limit = 100, ...query }: TrackQuery): Promise<TrackPage> {
    const first = { ...query, offset: 0, limit: offset + limit };
    const pages = await this.each(({ engine }) => engine.tracks(first));
    const named = pages.map(([shard, page]) => ({ ...page, rows: page.rows.map((track) => shard.named(track)) }));
    return joinedPages(named, { sort: query.sort, descending: query.descending, offset, limit });
  }

  async trackIds(query: TrackQuery): Promise<TrackId[]> {
    const { rows } = await this.tracks({ ...query, offset: 0, limit: Infinity });
    return rows.map(({ id }) => id);
  }

  async prepareSearch(): Promise<void> {
    await this.each(({ engine }) => engine.prepareSearch());
  }

  async groups(by: 'artist' | 'album', search?: string): Promise<TrackGroup[]> {
    const answers = await this.each(({ engine }) => engine.groups(by, search));
    return joinedGroups(
      answers.flatMap(([shard, groups]) => groups.map((group) => ({ ...group, example: shard.named(group.example) }))),
    );
  }

  async track(id: TrackId): Promise<Track | undefined> {
    return this.shardOf(id)?.track(id);
  }

  async cover(id: TrackId) {
    return this.shardOf(id)?.engine.cover(insideId(id));
  }

  async lyrics(id: TrackId) {
    return this.shardOf(id)?.engine.lyrics(insideId(id));
  }

  setCover(id: TrackId, cover: Blob | undefined): Promise<void> {
    return this.numbered(shardOf(id)).engine.setCover(insideId(id), cover);
  }

  setLyrics(id: TrackId, text: string | undefined): Promise<void> {
    return this.numbered(shardOf(id)).engine.setLyrics(insideId(id), text);
  }

  async constellation(id: TrackId) {
    return this.shardOf(id)?.engine.constellation(insideId(id));
  }

  async known(contentId: string): Promise<Track | undefined> {
    for (const shard of this.shards) {
      const track = shard.known(contentId);
      if (track) return track;
    }
    return undefined;
  }

  async add(learnt: Learnt, options: { evenIfSimilar?: boolean } = {}): Promise<Added> {
    return this.host.exclusive(async () => {
      await this.each((shard) => shard.catchUp());
      const known = await this.known(learnt.contentId);
      if (known) return { state: 'known', track: known };
      const roomiest = this.shards.reduce((a, b) => (b.tapeFrames < a.tapeFrames ? b : a));
      if (!options.evenIfSimilar)
        for (const shard of this.shards) {
          const similar = shard === roomiest ? undefined : await shard.similar(learnt);
          if (similar) return similar;
        }
      const added = await roomiest.engine.add(learnt, options);
      return { ...added, track: roomiest.named(added.track) };
    });
  }

  edit(id: TrackId, changes: TrackEdit['changes']): Promise<void> {
    return this.editMany([{ id, changes }]);
  }

  /** All of a shard or none. */
  async editMany(edits: TrackEdit[]): Promise<void> {
    for (const [number, some] of byShard(edits, ({ id }) => id))
      await this.numbered(number).engine.editMany(some.map((edit) => ({ ...edit, id: insideId(edit.id) })));
  }

  async remove(ids: TrackId[]): Promise<void> {
    for (const [number, some] of byShard(ids, (id) => id))
      await this.numbered(number).engine.remove(some.map(insideId));
  }

  async restore(ids: TrackId[]): Promise<void> {
    for (const [number, some] of byShard(ids, (id) => id))
      await this.numbered(number).engine.restore(some.map(insideId));
  }

  async recognize(sound: Pcm, options: RecognizeOptions = {}, signal?: AbortSignal): Promise<Recognition> {
    const begun = performance.now();
    const analysis = analyse(this.host.kernel, sound);
    const kernelMs = performance.now() - begun;
    const heardSeconds = sound.samples.length / sound.sampleRate;
    return recognizeInShards(this.group, { analysis, heardSeconds, kernelMs }, options, signal);
  }

  async recognizePeaks(clip: Uint8Array, options: RecognizeOptions = {}, signal?: AbortSignal): Promise<Recognition> {
    return recognizeInShards(this.group, await clipOfPeaks(clip), options, signal);
  }

  async verify(progress?: Parameters<Engine['verify']>[0]) {
    const results = { repaired: [] as string[], lost: [] as string[] };
    for (const { number, engine } of this.shards) {
      const { repaired, lost } = await engine.verify(progress);
      const named = (sentences: string[]) => sentences.map((sentence) => `Shard ${number}: ${sentence}`);
      results.repaired.push(...named(repaired));
      results.lost.push(...named(lost));
    }
    return results;
  }

  async watch(changed: (change: EngineChange) => void): Promise<() => void> {
    const ends = await Promise.all(this.shards.map(({ engine }) => engine.watch(changed)));
    return () => {
      for (const end of ends) end();
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.shards.map(({ engine }) => engine.close()));
  }

  private async each<T>(ask: (shard: Shard) => Promise<T>): Promise<[Shard, T][]> {
    return Promise.all(this.shards.map(async (shard): Promise<[Shard, T]> => [shard, await ask(shard)]));
  }

  private shardOf(id: TrackId): Shard | undefined {
    return this.shards.find(({ number }) => number === shardOf(id));
  }

  private numbered(number: number): Shard {
    const shard = this.shards.find((one) => one.number === number);
    if (shard) return shard;
    throw new UserError('LibraryForeign', `Shard ${number} is not open here. Name it in ?shards=.`);
  }
}
