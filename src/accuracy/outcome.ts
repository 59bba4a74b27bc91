/** A clip of known truth, and what it was taken for. */
export interface Outcome {
  condition: string;
  seconds: number;
  snr?: number;
  isMusicKnown: boolean;
  /** What was named first, if anything. */
  answer?: string;
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
