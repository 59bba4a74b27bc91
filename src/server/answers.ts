/** Types of the service's JSON answers, and their conversion from the engine's results. The client uses the same types. */
import type { Played, Session } from '../engine/api.ts';
import type { Match, Missing, Recognition, Track } from '../types.ts';

export type TrackAnswer = Track;

export interface MatchAnswer {
  track: Pick<Track, 'id' | 'title' | 'artist' | 'album'>;
  /** Position in the track at which the clip begins, in seconds. */
  offsetSeconds: number;
  /** Other positions at which the track fits as well, because the music repeats itself. */
  otherOffsets?: number[];
  /** Probability that the answer is right, 0 to 1. */
  confidence: number;
  /** Tempo and pitch relative to the learnt track. */
  speed: number;
  pitch: number;
}

export interface RecognizeAnswer {
  status: 'match' | 'none';
  /** Sure answers, best first; several if several tracks play at once. */
  matches: MatchAnswer[];
  /** The next best candidates, below the threshold. */
  others: MatchAnswer[];
  heardSeconds: number;
  /** Milliseconds. */
  timings: { decodeMs: number; kernelMs: number; lookupMs: number; matchMs: number };
  /** Only from a front: the answer is partial, because these did not answer in time. */
  partial?: Missing;
}

interface PlayedAnswer {
  /** Its number is 0 if it is no longer in the library. */
  track: MatchAnswer['track'];
  fromSeconds: number;
  toSeconds: number;
  /** Position in the track at `fromSeconds`. */
  trackSeconds: number;
  confidence: number;
  speed: number;
}

export interface TracklistAnswer {
  seconds: number;
  played: PlayedAnswer[];
  /** The gaps between them, and what they sound like. */
  gaps: { fromSeconds: number; toSeconds: number; sound: 'music' | 'talk' | 'noise' | 'silence' | 'unclear' }[];
}

/** `state`: `known` means the same bytes, `similar` the same recording in another file; neither is added again. */
export interface AddedAnswer {
  state: 'added' | 'known' | 'similar';
  track: TrackAnswer;
  /** The file ended early: only its beginning was learnt. */
  endsEarly?: boolean;
}

/** The events that `/v1/listen` sends. */
export type ListenEvent =
  | {
      event: 'state';
      seconds: number;
      state: 'listening' | 'found' | 'none' | 'silent';
      levelDb: number;
      match?: MatchAnswer;
    }
  | ({ event: 'played' } & PlayedAnswer)
  | { event: 'end'; seconds: number }
  | { event: 'problem'; title: string; detail: string };

const thousandth = (n: number) => Math.round(n * 1000) / 1000;

const named = ({ id = 0, title, artist, album }: PlayedSong['track']) => ({ id, title, artist, album });

export const matchAnswer = ({ track, offsetSeconds, otherOffsets, confidence, speed, pitch }: Match): MatchAnswer => ({
  track: named(track),
  offsetSeconds: thousandth(offsetSeconds),
  ...(otherOffsets && { otherOffsets: otherOffsets.map(thousandth) }),
  confidence: thousandth(confidence),
  speed: thousandth(speed),
  pitch: thousandth(pitch),
});

export function recognizeAnswer(recognition: Recognition, decodeMs: number, top: number): RecognizeAnswer {
  const { matches, others, heardSeconds, timings, missing } = recognition;
  const { kernelMs, lookupMs, matchMs } = timings;
  return {
    status: matches.length > 0 ? 'match' : 'none',
    matches: matches.slice(0, top).map(matchAnswer),
    others: others.slice(0, Math.max(0, top - matches.length)).map(matchAnswer),
    heardSeconds: thousandth(heardSeconds),
    ...(missing && { partial: missing }),
    timings: {
      decodeMs: thousandth(decodeMs),
      kernelMs: thousandth(kernelMs),
      lookupMs: thousandth(lookupMs),
      matchMs: thousandth(matchMs),
    },
  };
}

type PlayedSong = Omit<Played, 'track'> & { track: Pick<Track, 'title' | 'artist' | 'album'> & { id?: number } };

export function tracklistAnswer({ seconds, stretches, gaps }: Session): TracklistAnswer {
  return {
    seconds: thousandth(seconds),
    played: stretches.map(playedAnswer),
    gaps: gaps.map(({ fromSeconds, toSeconds, sound }) => ({
      fromSeconds: thousandth(fromSeconds),
      toSeconds: thousandth(toSeconds),
      sound,
    })),
  };
}

export const playedAnswer = ({ track, ...played }: PlayedSong): PlayedAnswer => ({
  track: named(track),
  fromSeconds: thousandth(played.fromSeconds),
  toSeconds: thousandth(played.toSeconds),
  trackSeconds: thousandth(played.trackSeconds),
  confidence: thousandth(played.confidence),
  speed: thousandth(played.speed),
});
