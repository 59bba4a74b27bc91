/** Milliseconds from one report of progress to the next. */
const TELL_EVERY_MS = 150;

/** Takes every second that is heard, and tells now and then how far it is, and how many times faster than playing it. */
export function tellingProgress(
  expectedSeconds: number,
  tell: (share: number, factor: number) => void,
): (seconds: number) => void {
  const started = performance.now();
  let told = started;
  return (seconds) => {
    const now = performance.now();
    if (now - told < TELL_EVERY_MS) return;
    told = now;
    const share = Number.isFinite(expectedSeconds) ? Math.min(1, seconds / expectedSeconds) : 0;
    tell(share, (1000 * seconds) / (now - started));
  };
}
