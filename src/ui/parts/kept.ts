/**
 * What the browser keeps for us, in its local and session storage. Anything may stand there: it is read as unknown, and whoever
 * reads it takes only what makes sense. Where storing is refused (private windows), a choice lasts as long as the page.
 */
const keyOf = (name: string) => `entendu.${name}`;

/** Asked for anew each time: merely touching it may throw. */
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

/** The fields of whatever it is. */
export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

export const oneOf = <const T>(choices: readonly T[], value: unknown): T | undefined =>
  choices.find((choice) => choice === value);
