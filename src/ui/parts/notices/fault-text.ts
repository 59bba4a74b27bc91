import type { Fault } from '../../../errors.ts';
import { type Key, knows, t } from '../../messages/messages.ts';

/** What happened and what to do next, in the user's language. Errors are distinguished by name; see `errors.ts`. */
export function faultText(name: Fault['name'] | string): string {
  const key = `fault.${name}`;
  // These messages have no placeholders.
  return knows(key) ? t(key as 'fault.NotAudio') : t('app.unexpected' satisfies Key);
}
