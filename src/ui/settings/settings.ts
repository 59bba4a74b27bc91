/** The user's settings, stored in the browser's local storage. */
import { CERTAIN } from '../../engine/api.ts';
import { type Language, languages, preferredLanguage } from '../messages/messages.ts';
import { type Cell, cell } from '../parts/state/cell.ts';
import { fieldsOf, keep, localStore, oneOf, readKept } from '../parts/state/kept.ts';

export interface Settings {
  /** Device id; undefined means the default microphone. */
  microphone?: string;
  answers: 'certain' | 'balanced' | 'guess';
  keepsUnknown: boolean;
  /** Minutes of each song to learn; 0 means all. */
  limitMinutes: number;
  look: 'auto' | 'dark' | 'light';
  language: 'auto' | Language;
}

const defaults: Settings = {
  answers: 'balanced',
  keepsUnknown: false,
  limitMinutes: 0,
  look: 'auto',
  language: 'auto',
};

/** Lowest confidence of an answer; undefined means the engine's default. */
export const thresholds: Record<Settings['answers'], number | undefined> = {
  certain: CERTAIN,
  balanced: undefined,
  guess: 0.2,
};

/** Reads stored settings; an invalid field gets its default. */
export function settingsFrom(kept: unknown): Settings {
  const { microphone, answers, keepsUnknown, limitMinutes, look, language } = fieldsOf(kept);
  return {
    microphone: typeof microphone === 'string' && microphone ? microphone : undefined,
    answers: oneOf(['certain', 'balanced', 'guess'], answers) ?? defaults.answers,
    keepsUnknown: typeof keepsUnknown === 'boolean' ? keepsUnknown : defaults.keepsUnknown,
    limitMinutes: isMinutes(limitMinutes) ? limitMinutes : defaults.limitMinutes,
    look: oneOf(['auto', 'dark', 'light'], look) ?? defaults.look,
    language: oneOf(['auto', ...languages], language) ?? defaults.language,
  };
}

const isMinutes = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) < 1e4;

export function openSettings(): Cell<Settings> {
  const settings = cell(settingsFrom(readKept(localStore, 'settings')));
  settings.subscribe(() => keep(localStore, 'settings', settings.value));
  return settings;
}

export function languageOf({ language }: Settings): Language {
  return language === 'auto' ? preferredLanguage(navigator.languages) : language;
}

/** Applies the chosen look to the page; `auto` follows the device. */
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
