/** A play of a track, and other events of a station. Plain data, used in lines of JSON, webhooks and reports. */
import type { Track } from '../../types.ts';

export type PlayedTrack = Pick<Track, 'title' | 'artist' | 'album'> & { id?: number; contentId?: string };

export interface Play {
  station: string;
  /** ISO 8601, UTC. */
  began: string;
  seconds: number;
  track: PlayedTrack;
  /** Position in the track at the beginning. */
  trackSeconds: number;
  confidence: number;
  speed: number;
}

export type StationEvent = { station: string; at: string } & (
  | { event: 'connected' }
  /** `retrySeconds`: time until the next attempt. */
  | { event: 'lost'; why: string; retrySeconds: number }
  | { event: 'silent'; seconds: number }
  | { event: 'sound' }
  /** A track of the watch list started to play. */
  | { event: 'watched'; track: PlayedTrack; confidence: number }
);

export const playedTrack = ({ id, title, artist, album, contentId }: PlayedTrack): PlayedTrack => ({
  title,
  ...(artist !== undefined && { artist }),
  ...(album !== undefined && { album }),
  ...(id !== undefined && { id }),
  ...(contentId !== undefined && { contentId }),
});

export const isoOf = (ms: number) => new Date(ms).toISOString();
export const tenth = (n: number) => Math.round(n * 10) / 10;
