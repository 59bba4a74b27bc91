/** A clip with its true track, and the answer for it. */
export interface Outcome {
  condition: string;
  seconds: number;
  snr?: number;
  isMusicKnown: boolean;
  /** The tracks in the clip, learnt or not, and their positions in seconds. */
  tracks: string[];
  fromSeconds?: number;
  /** The first answer, if any, and its position in seconds. */
  answer?: string;
  offsetSeconds?: number;
  isRight: boolean;
  /** All tracks in the clip were named, and nothing else. */
  isComplete: boolean;
  confidence: number;
  /** Error of the position in seconds; undefined if no answer was right. */
  offsetError?: number;
  /** The last step of the search that ran. */
  step: number;
  milliseconds: number;
}
