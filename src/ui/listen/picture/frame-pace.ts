/** How often to draw: with every refresh of the screen; on a device that is too slow for that, seldom enough that listening keeps up. */

/** A refresh that comes later than this after the one before is late. A screen with 60 Hz refreshes every 17 ms. */
const LATE_MS = 30;
/** So many of the last refreshes must be late. A single stall, however long, does not count. */
const LATE = 12;
const LATEST = 24;
/** Between two pictures of a slow device. */
const SLOW_MS = 100;

export class FramePace {
  /** Which of the latest refreshes were late, as bits. */
  private late = 0;
  private isSlow = false;
  private refreshedMs = 0;
  private drawnMs = 0;

  /** To be called when refreshes begin, after a pause. */
  begin(nowMs: number): void {
    this.refreshedMs = nowMs;
    this.drawnMs = nowMs;
    this.late = 0;
  }

  /** To be called at each refresh: the time since the last picture if another is due, otherwise undefined. A device stays slow. */
  due(nowMs: number): number | undefined {
    this.late = ((this.late << 1) | Number(nowMs - this.refreshedMs > LATE_MS)) & (2 ** LATEST - 1);
    this.refreshedMs = nowMs;
    this.isSlow ||= ones(this.late) >= LATE;
    const passedMs = nowMs - this.drawnMs;
    if (this.isSlow && passedMs < SLOW_MS) return undefined;
    this.drawnMs = nowMs;
    return passedMs;
  }
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest; rest &= rest - 1) count++;
  return count;
}
