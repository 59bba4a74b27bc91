/** Milliseconds from one report of progress to the next. */
const TELL_EVERY_MS = 150;

/** Called with the seconds decoded so far; reports the share and the speed (times faster than playing) now and then. */
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
