/** Lists, searches and groups tracks. Loaded on first use: listening does not need it. */
import type { TrackId } from '../../types.ts';
import { collectWords, forgivingMatcher } from './forgiving-search.ts';
import { groupsOf, type TrackGroup } from './track-groups.ts';
import type { TrackList } from './track-list.ts';
import { type TrackPage, type TrackQuery, TrackSearch, type TrackTest } from './track-search.ts';

export class TrackFinder {
  private readonly search: TrackSearch;

  constructor(list: TrackList) {
    this.search = new TrackSearch(list);
  }

  /** A page of the matching tracks; if there are none, of those that nearly match. */
  page(query: TrackQuery): TrackPage {
    const page = this.search.page(query);
    const isMatch = page.total ? undefined : this.forgiving(query);
    return isMatch ? this.search.page(query, isMatch) : page;
  }

  /** The ids of all matching tracks, in order. */
  ids(query: TrackQuery): TrackId[] {
    const ids = this.search.ids(query);
    const isMatch = ids.length ? undefined : this.forgiving(query);
    return isMatch ? this.search.ids(query, isMatch) : ids;
  }

  groups(by: 'artist' | 'album', search?: string): TrackGroup[] {
    return groupsOf(this.search.living(), by, search);
  }

  /** Prepares for searches, so that the first one is as fast as the others. */
  prepare(): Promise<void> {
    return collectWords(this.search.living());
  }

  private forgiving({ search }: TrackQuery): TrackTest | undefined {
    return search ? forgivingMatcher(search, this.search.living()) : undefined;
  }
}
