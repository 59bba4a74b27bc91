/** Close, Back and the Listen tab all lead from an answer to the start. */
import { go, route } from '../../route.ts';
import { isAnswer } from './listening-state.ts';
import type { ListeningSession } from './session.ts';

export function followAnswers(session: ListeningSession): void {
  const isOnListen = () => route.value.place === 'listen';
  session.state.subscribe(() => {
    if (isOnListen() && isAnswer(session.state.value)) go({ place: 'listen', detail: 'answer' });
  });
  route.subscribe(() => {
    // Going back to the start closes an answer.
    if (isOnListen() && route.value.detail !== 'answer' && isAnswer(session.state.value)) session.cancel();
  });
}

/** Where a close button leads: back one step, so that the browser's own button does not lead to a closed answer. */
export function closeAnswer(session: ListeningSession): void {
  if (route.value.place === 'listen' && route.value.detail === 'answer') history.back();
  else session.cancel();
}
