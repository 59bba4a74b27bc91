/** Why the browser gave no sound of a tab. It tells reasons only by English sentences. */
import { faultOf } from '../errors.ts';
import type { TabState } from './tab-messages.ts';

/** Pages of the browser itself, its shop for extensions, and tabs on which the button was not pressed. */
const REFUSED = /cannot be captured|has not been invoked/i;
const TAKEN = /active stream/i;
const GONE = /no tab with id|invalid tab|tab (was )?(closed|not found)/i;

export function whyNotHeard(error: unknown): TabState {
  const { name, message } = faultOf(error);
  if (REFUSED.test(message)) return { is: 'refused' };
  if (TAKEN.test(message)) return { is: 'taken' };
  return GONE.test(message) ? { is: 'gone' } : { is: 'failed', fault: name };
}
