/** One shard in this process: an ordinary library, with its track numbers as they are outside. */
import type { Library } from '../../library/library.ts';
import { unpackPrint } from '../../library/prints/print.ts';
import type { OtherWriters } from '../../library/shelf/other-writers.ts';
import type { Shelf } from '../../library/shelf/shelf.ts';
import type { Analysis } from '../../match/analysis.ts';
import type { Index } from '../../match/index-view.ts';
import { tapeLength } from '../../match/judge/candidates.ts';
import {
  type ClipRound,
  type Findings,
  type Near,
  type Questions,
  type Round,
  tracksIn,
} from '../../match/shards/findings.ts';
import { partOfPrint } from '../../match/shards/print-part.ts';
import { countsIn, ShardSearch } from '../../match/shards/shard-search.ts';
import type { Learnt, Track, TrackId } from '../../types.ts';
import type { Engine } from '../api.ts';
import { engineOf, libraryOn } from '../engine.ts';
import type { KnownRefusals } from '../known-refusals.ts';
import { indexOf } from '../library-index.ts';
import { turns } from '../turns.ts';
import type { NearPrint } from './shard-group.ts';
import { insideId, outsideId, shardOf } from './shard-numbers.ts';

interface ShardHost {
  number: number;
  shelf: Shelf;
  kernel: WebAssembly.Module;
  others?: OtherWriters;
}

export async function openShard({ number, kernel, ...stored }: ShardHost): Promise<Shard> {
  const library = await libraryOn(stored);
  const shard = new Shard(number, library, engineOf(library, { kernel }));
  await shard.readRefusals();
  return shard;
}

export class Shard {
  private refusals: KnownRefusals | undefined;
  private readonly index: Index;

  constructor(
    readonly number: number,
    private readonly library: Library,
    /** With the numbers of this shard. */
    readonly engine: Engine,
  ) {
    this.index = indexOf(library, () => this.refusals);
    library.watch(({ kind }) => kind === 'sessions' && void this.readRefusals().catch(() => {}));
  }

  async readRefusals(): Promise<void> {
    if ((await this.library.kept.list('refusals')).length === 0) return;
    const { KnownRefusals } = await import('../known-refusals.ts');
    this.refusals = await KnownRefusals.open(this.library.kept);
  }

  /** Frames of the tape that are taken. */
  get tapeFrames(): number {
    return tapeLength(this.library.stretches());
  }

  search(clip: Analysis): ShardSearch {
    return new ShardSearch(clip, this.index, turns());
  }

  /** `searchOf`: the clip's search in this shard, for the rounds that need one. */
  async find<R extends Round>(
    round: R,
    question: Questions[R],
    searchOf: (shard: Shard) => ShardSearch | Promise<ShardSearch>,
    signal?: AbortSignal,
  ): Promise<Findings[R]> {
    if (round === 'counts') return (await countsIn(this.index, question as Questions['counts'])) as Findings[R];
    const search = await searchOf(this);
    return this.outside((await search.run(round as ClipRound, this.inside(question), signal)) as Findings[R]);
  }

  async near(places: Near[]): Promise<(NearPrint | undefined)[]> {
    const prints = await this.library.prints(places.map(({ track }) => insideId(track)));
    return places.map(({ track: id, start, frames }, i) => {
      const print = prints[i];
      const track = this.track(id);
      const refused = this.index.refusedSounds?.(insideId(id)) ?? [];
      return print && track && { print: partOfPrint(print, start, frames), refused, track };
    });
  }

  track(outside: TrackId): Track | undefined {
    return this.named(this.library.track(insideId(outside)));
  }

  known(contentId: string): Track | undefined {
    return this.named(this.library.known(contentId));
  }

  /** A track with its number outside. */
  named<T extends { id: TrackId } | undefined>(track: T): T {
    return track && { ...track, id: outsideId(this.number, track.id) };
  }

  /** Whether it has this recording from another file. */
  async similar({ print }: Learnt) {
    const { findSimilar } = await import('../duplicates/similar.ts');
    const similar = await findSimilar(unpackPrint(print), this.library);
    const track = similar && this.track(outsideId(this.number, similar.track));
    return track && { state: 'similar' as const, track, confidence: similar.confidence, kind: similar.kind };
  }

  /** Reads what other programs have stored. */
  catchUp(): Promise<void> {
    return this.library.catchUp();
  }

  private inside<R extends Round>(question: Questions[R]): Questions[R] {
    const own = tracksIn(question)?.filter((id) => shardOf(id) === this.number);
    return own ? { ...question, tracks: own.map(insideId) } : question;
  }

  private outside<R extends Round>(findings: Findings[R]): Findings[R] {
    const out = <T extends { track: TrackId }>(place: T) => ({ ...place, track: outsideId(this.number, place.track) });
    return {
      ...findings,
      ...('voted' in findings && {
        voted: findings.voted.map(({ weight, judged }) => ({ weight, judged: judged && out(judged) })),
      }),
      ...('found' in findings && { found: findings.found.map(out) }),
      ...('tracks' in findings && { tracks: findings.tracks.map((id) => outsideId(this.number, id)) }),
    };
  }
}
