/** The sessions stored in a library. Their code is loaded when first needed. */
import type { Library } from '../../library/library.ts';
import type { SessionHost, SessionStore } from '../../sessions/session-store.ts';

export class KeptSessions {
  private store: Promise<SessionStore> | undefined;

  constructor(
    private readonly library: Library,
    /** The history of an earlier version of the app. */
    private readonly earlier: SessionHost['earlier'],
  ) {}

  open(): Promise<SessionStore> {
    this.store ??= this.load();
    return this.store;
  }

  /** They were changed by others. */
  async forget(): Promise<void> {
    (await this.store)?.forget();
  }

  private async load(): Promise<SessionStore> {
    const { library, earlier } = this;
    const { SessionStore } = await import('../../sessions/session-store.ts');
    const store = new SessionStore({ rows: library.kept, known: (contentId) => library.known(contentId), earlier });
    library.watch(({ kind, isOwn }) => kind === 'sessions' && !isOwn && store.forget());
    return store;
  }
}
