import type { Fault } from '../../errors.ts';
import { type Key, knows, t } from '../messages/messages.ts';

/** What happened and what to do next, in the person's language. Errors are told apart by name: see `errors.ts`. */
export function faultText(name: Fault['name'] | string): string {
  const key = `fault.${name}`;
  // A sentence of this kind has nothing to fill in.
  return knows(key) ? t(key as 'fault.NotAudio') : t('app.unexpected' satisfies Key);
}
