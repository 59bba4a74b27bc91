/** What popup, service worker and offscreen document send each other. */
import type { Fault } from '../errors.ts';

/** The state of listening to a tab. All but `listening` and `silent` are final. */
export type TabState =
  | { is: 'idle' | 'listening' | 'silent' | 'none' }
  | { is: 'found'; title: string; artist?: string; positionSeconds: number; confidence: number }
  /** There are no songs yet; the browser does not allow capturing this page; another program captures it; the tab was closed. */
  | { is: 'empty' | 'refused' | 'taken' | 'gone' }
  | { is: 'failed'; fault: Fault['name'] };

export type TabMessage =
  /** To the service worker, which answers with a `TabState` when the offscreen document listens, or cannot. */
  | { to: 'worker'; listenTo: number }
  /** To the offscreen document, which answers with its `TabState`. */
  | { to: 'offscreen'; streamId: string }
  | { to: 'offscreen'; ask: 'state' | 'stop' }
  /** To all others, whenever the state changes. */
  | { to: 'all'; state: TabState };

export const isRunning = ({ is }: TabState): boolean => is === 'listening' || is === 'silent';

/** Calls back for messages to `to`; an answer other than `undefined` is sent back. */
export function onMessage<To extends TabMessage['to']>(
  to: To,
  answer: (message: Extract<TabMessage, { to: To }>) => Promise<TabState> | TabState | undefined,
): () => void {
  const listener = (message: unknown, _sender: unknown, reply: (answer?: unknown) => void) => {
    if ((message as TabMessage).to !== to) return false;
    const answered = answer(message as Extract<TabMessage, { to: To }>);
    if (answered === undefined) return false;
    void Promise.resolve(answered).then(reply);
    return true;
  };
  chrome.runtime.onMessage.addListener(listener);
  return () => chrome.runtime.onMessage.removeListener(listener);
}

export const send = (message: TabMessage): Promise<unknown> => chrome.runtime.sendMessage(message);
