import type { Locator } from '@playwright/test';

/** Milliseconds between frames while a long list is scrolled at the speed of a quick thumb. */
export async function framesWhileScrolling(list: Locator): Promise<number[]> {
  return list.evaluate(
    (scroller) =>
      new Promise<number[]>((tell) => {
        const frames: number[] = [];
        let before = performance.now();
        requestAnimationFrame(function step(now) {
          frames.push(now - before);
          before = now;
          scroller.scrollBy(0, 120);
          if (frames.length < 300) requestAnimationFrame(step);
          else tell(frames.slice(1));
        });
      }),
  );
}
