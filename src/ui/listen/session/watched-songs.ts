/** Songs that the user is notified of when they play, for example to monitor a venue. Stored in the browser. */
import type { Track } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { timeOfDay } from '../../parts/localized.ts';
import { tell } from '../../parts/notices/toast.tsx';
import { type Cell, cell } from '../../parts/state/cell.ts';
import { keep, localStore, readKept } from '../../parts/state/kept.ts';
import type { ListeningSession } from './session.ts';

const KEPT_AS = 'watched';
/** Minimum time between two notifications of the same song. */
const AGAIN_MS = 10 * 60_000;

const read = (): string[] => {
  const kept = readKept(localStore, KEPT_AS);
  return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
};

/** Content ids. */
export const watched: Cell<string[]> = cell(read());

const KEPT_SOUND_AS = 'watched-sound';

/** Whether a notification comes with a sound. */
export const hasSound: Cell<boolean> = cell(readKept(localStore, KEPT_SOUND_AS) === true);

export function setSound(isOn: boolean): void {
  hasSound.set(isOn);
  keep(localStore, KEPT_SOUND_AS, isOn);
  if (isOn) void chime();
}

/** Puts a song on the list or takes it off; call it in a click handler, because the browser may ask for permission to notify. */
export async function watch({ contentId }: Pick<Track, 'contentId'>, isOn: boolean): Promise<void> {
  const others = watched.value.filter((id) => id !== contentId);
  watched.set(isOn ? [...others, contentId] : others);
  keep(localStore, KEPT_AS, watched.value);
  if (isOn && 'Notification' in window && Notification.permission === 'default') await Notification.requestPermission();
  if (isOn) tell({ text: t('watch.begun') });
}

/** During continuous listening, notifies of songs on the list: on the screen, and by the system if that is allowed. */
export function tellOfWatched(session: ListeningSession): void {
  const toldMs = new Map<string, number>();
  session.onAnswer(({ found }) => {
    if (!found || !session.keepsOn.value) return;
    const { contentId, title, artist } = found.match.track;
    const now = Date.now();
    if (!watched.value.includes(contentId) || now - (toldMs.get(contentId) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS)
      return;
    toldMs.set(contentId, now);
    const text = t('watch.heard', { title: [title, artist].filter(Boolean).join(' – '), time: timeOfDay(now) });
    tell({ text, stays: true });
    if ('Notification' in window && Notification.permission === 'granted') notify(text);
    if (hasSound.value) void chime();
  });
}

/** The system's own sound stays off: the page has its own, if the person wants one. */
function notify(text: string): void {
  const options = { body: text, silent: true, tag: 'watched' };
  // On phones a page may notify only through its service worker.
  navigator.serviceWorker?.ready
    .then((worker) => worker.showNotification(t('app.name'), options))
    .catch((error) => console.warn('the system could not be told', error));
}

const CHIME_HERTZ = [660, 880];
const CHIME_SECONDS = 0.18;

/** Two short soft tones. */
async function chime(): Promise<void> {
  const context = new AudioContext();
  const loudness = context.createGain();
  loudness.gain.value = 0.15;
  loudness.connect(context.destination);
  for (const [i, hertz] of CHIME_HERTZ.entries()) {
    const tone = context.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(loudness);
    tone.start(context.currentTime + i * CHIME_SECONDS);
    tone.stop(context.currentTime + (i + 1) * CHIME_SECONDS);
    if (i === CHIME_HERTZ.length - 1) tone.onended = () => void context.close();
  }
}
