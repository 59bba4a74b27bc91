/** A clip of known truth, and what it was taken for. */
export interface Outcome {
  condition: string;
  seconds: number;
  snr?: number;
  isMusicKnown: boolean;
  /** What the clip was made of, known or not, and from which second. */
  tracks: string[];
  fromSeconds?: number;
  /** What was named first, if anything, and from which second. */
  answer?: string;
  offsetSeconds?: number;
  isRight: boolean;
  /** All that sounds was named, and nothing else. */
  isComplete: boolean;
  confidence: number;
  /** How far the place is from the true one, seconds; undefined when nothing right was named. */
  offsetError?: number;
  /** Which step of the search answered. */
  step: number;
  milliseconds: number;
}
