/** Signs outside the page that the microphone is open: its title, the system's media controls, a badge on the app. */
import { t } from '../../messages/messages.ts';
import { hearing } from '../../page-title.ts';
import type { Services } from '../../services.ts';
import type { Found, SessionState } from './listening-state.ts';

export function showHearing({ session, recent, engine }: Services): void {
  let shown: string | undefined;
  let coverUrl: string | undefined;

  async function tellSystem(found: Found | undefined) {
    if (!('mediaSession' in navigator)) return;
    const track = found?.match.track;
    const cover = track?.hasCover ? await engine.cover(track.id).catch(() => undefined) : undefined;
    if (coverUrl) URL.revokeObjectURL(coverUrl);
    coverUrl = cover && URL.createObjectURL(cover);
    const artwork = coverUrl ? [{ src: coverUrl, type: cover?.type }] : [];
    const { title = t('listen.listening'), artist = '', album = '' } = track ?? {};
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist, album, artwork });
  }

  const follow = () => {
    const state = session.state.value;
    const isOpen = hasMicrophone(state) || recent.isOn.value;
    const found = runningOf(state);
    const sign = isOpen ? `● ${found?.match.track.title ?? t('listen.listening')}` : undefined;
    if (sign === shown) return;
    shown = sign;
    hearing.set(sign);
    badge(isOpen);
    if (isOpen) void tellSystem(found);
    else endMedia();
  };
  const stop = () => {
    if (hasMicrophone(session.state.value)) session.cancel();
    else void recent.turn(false);
  };
  for (const action of ['stop', 'pause'] as const) {
    // Which actions there are depends on the browser; one that it does not know throws.
    try {
      navigator.mediaSession?.setActionHandler(action, stop);
    } catch (error) {
      console.info(`no media control "${action}" here`, error);
    }
  }
  session.state.subscribe(follow);
  recent.isOn.subscribe(follow);
}

const hasMicrophone = ({ name }: SessionState): boolean => name === 'listening' || name === 'interrupted';

function runningOf(state: SessionState): Found | undefined {
  return state.name === 'listening' && state.found?.isRunning ? state.found : undefined;
}

function endMedia(): void {
  if ('mediaSession' in navigator) navigator.mediaSession.metadata = null;
}

/** A dot, where the platform has one for an installed app; elsewhere the call is refused or missing. */
function badge(isOpen: boolean): void {
  const done = isOpen ? navigator.setAppBadge?.() : navigator.clearAppBadge?.();
  done?.catch(() => {});
}
