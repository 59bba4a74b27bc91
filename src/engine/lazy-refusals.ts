/** The refusals of a library. Their code is loaded only if there are any. */
import type { Library } from '../library/library.ts';
import type { Analysis } from '../match/analysis.ts';
import type { TrackId } from '../types.ts';
import type { KnownRefusals } from './known-refusals.ts';

export class LazyRefusals {
  /** Undefined if there are none. */
  known: KnownRefusals | undefined;
  /** Resolves when it is known whether there are any. */
  readonly ready: Promise<void>;

  constructor(private readonly library: Library) {
    this.ready = this.read();
    this.ready.catch(() => {}); // each recognition reports it
    library.watch(({ kind, isOwn }) => kind === 'sessions' && !isOwn && void this.known?.load().catch(() => {}));
  }

  /** Reads all of them again. */
  async read(): Promise<void> {
    this.known = undefined;
    if ((await this.library.kept.list('refusals')).length > 0) await this.open();
  }

  /** Never again names this track for this clip; returns the number of the refusal. */
  async add(clip: Analysis, track: TrackId): Promise<number> {
    const { contentId = '' } = this.library.track(track) ?? {};
    const { printOfClip } = await import('../sessions/refusals.ts');
    return (await this.open()).add(contentId, printOfClip(clip.shifts[0], clip.map.frameCount));
  }

  async remove(refusal: number): Promise<void> {
    await (await this.open()).remove(refusal);
  }

  private async open(): Promise<KnownRefusals> {
    const { KnownRefusals } = await import('./known-refusals.ts');
    this.known ??= await KnownRefusals.open(this.library.kept);
    return this.known;
  }
}
