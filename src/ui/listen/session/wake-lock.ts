/** Keeps the screen on during continuous listening, where the platform allows it. */
import type { ListeningSession } from './session.ts';

export const canStayAwake = (): boolean => 'wakeLock' in navigator;

export function stayAwake(session: ListeningSession): void {
  if (!canStayAwake()) return;
  let lock: WakeLockSentinel | undefined;
  const follow = async () => {
    const isNeeded = session.keepsOn.value && session.state.value.name === 'listening' && !document.hidden;
    if (!isNeeded) {
      await lock?.release();
      lock = undefined;
    } else if (!lock || lock.released) {
      // Refused when the battery is low: listening continues anyway.
      lock = await navigator.wakeLock.request('screen').catch(() => undefined);
    }
  };
  let wasNeeded = '';
  session.state.subscribe(() => {
    if (session.state.value.name !== wasNeeded) void follow();
    wasNeeded = session.state.value.name;
  });
  session.keepsOn.subscribe(() => void follow());
  // The lock is lost whenever the page is hidden.
  document.addEventListener('visibilitychange', () => void follow());
}
