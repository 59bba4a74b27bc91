import type { Fault } from '../../errors.ts';
import { en } from '../messages/en.ts';
import { type Key, t } from '../messages/messages.ts';

/** What happened and what to do next, in the person's language. Errors are told apart by name: see `errors.ts`. */
export function faultText(name: Fault['name'] | string): string {
  const key = `fault.${name}`;
  // A sentence of this kind has nothing to fill in.
  return key in en ? t(key as 'fault.NotAudio') : t('app.unexpected' satisfies Key);
}
