/**
 * Reads and writes local and session storage. Stored values may be anything, so they are returned as unknown and callers validate
 * them. Where storing is refused (private windows), values last as long as the page.
 */
const keyOf = (name: string) => `entendu.${name}`;

/** Functions, because even accessing storage may throw. */
export const localStore = (): Storage => localStorage;
export const sessionStore = (): Storage => sessionStorage;

export function readKept(store: () => Storage, name: string): unknown {
  try {
    return JSON.parse(store().getItem(keyOf(name)) ?? 'null');
  } catch (error) {
    console.warn(`what was kept as ${name} could not be read`, error);
    return undefined;
  }
}

export function keep(store: () => Storage, name: string, value: unknown): void {
  try {
    store().setItem(keyOf(name), JSON.stringify(value));
  } catch (error) {
    console.warn(`${name} is not kept`, error);
  }
}

/** The fields of an unknown value. */
export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

export const oneOf = <const T>(choices: readonly T[], value: unknown): T | undefined =>
  choices.find((choice) => choice === value);

/** Everything that is kept, as it stands there, by name. */
export function keptTexts(store: () => Storage): Record<string, string> {
  const prefix = keyOf('');
  const keys = Object.keys(store()).filter((key) => key.startsWith(prefix));
  return Object.fromEntries(keys.map((key) => [key.slice(prefix.length), store().getItem(key) ?? '']));
}

/** Puts back what `keptTexts` gave. */
export function keepText(store: () => Storage, name: string, text: string): void {
  store().setItem(keyOf(name), text);
}
