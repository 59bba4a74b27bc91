/** What the person has chosen, kept in the browser's local storage. */
import { type Language, languages, preferredLanguage } from '../messages/messages.ts';
import { type Cell, cell } from '../parts/cell.ts';

export interface Settings {
  /** Device id; the usual microphone when undefined. */
  microphone?: string;
  answers: 'certain' | 'balanced' | 'guess';
  keepsUnknown: boolean;
  /** Minutes of each song to learn; 0 is all of it. */
  limitMinutes: number;
  look: 'auto' | 'dark' | 'light';
  language: 'auto' | Language;
}

const KEY = 'entendu.settings';
const defaults: Settings = {
  answers: 'balanced',
  keepsUnknown: false,
  limitMinutes: 0,
  look: 'auto',
  language: 'auto',
};

/** Lowest confidence that counts as an answer; undefined leaves it to the engine. */
export const thresholds: Record<Settings['answers'], number | undefined> = {
  certain: 0.99,
  balanced: undefined,
  guess: 0.2,
};

export function openSettings(): Cell<Settings> {
  const kept = cell<Settings>({ ...defaults, ...read() });
  kept.subscribe(() => {
    try {
      localStorage.setItem(KEY, JSON.stringify(kept.value));
    } catch (error) {
      // Private windows may refuse; the choice then lasts as long as the page.
      console.warn('settings are not kept', error);
    }
  });
  return kept;
}

function read(): Partial<Settings> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}');
  } catch (error) {
    console.warn('settings could not be read', error);
    return {};
  }
}

export function languageOf({ language }: Settings): Language {
  return language !== 'auto' && language in languages ? language : preferredLanguage(navigator.languages);
}

/** Puts the chosen look on the page; `auto` follows the device as it changes. */
export function followLook(settings: Cell<Settings>): void {
  const light = matchMedia('(prefers-color-scheme: light)');
  const apply = () => {
    const { look } = settings.value;
    document.documentElement.dataset.look = look === 'auto' ? (light.matches ? 'light' : 'dark') : look;
  };
  light.addEventListener('change', apply);
  settings.subscribe(apply);
  apply();
}
