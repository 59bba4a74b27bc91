/**
 * The service worker: passes the sound of a tab to the offscreen document, because a popup ends when it loses the focus, and shows the
 * state on the extension's button.
 */
import { whyNotHeard } from './capture-faults.ts';
import { onMessage, send, type TabState } from './tab-messages.ts';

onMessage('worker', ({ listenTo }) => listen(listenTo));
onMessage('all', ({ state }) => {
  void showOnButton(state);
  return undefined;
});

async function listen(tab: number): Promise<TabState> {
  try {
    const streamId = await chrome.tabCapture.getMediaStreamId({ targetTabId: tab });
    await openOffscreen();
    return (await send({ to: 'offscreen', streamId })) as TabState;
  } catch (error) {
    console.error(error);
    return whyNotHeard(error);
  }
}

async function openOffscreen(): Promise<void> {
  const open = await chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] });
  if (open.length > 0) return;
  await chrome.offscreen.createDocument({
    url: 'offscreen.html',
    reasons: ['USER_MEDIA'],
    justification: 'Recognises the sound of a tab, also when the popup is closed.',
  });
}

const signs: Partial<Record<TabState['is'], string>> = { listening: '…', silent: '…', found: '♪', none: '?' };

async function showOnButton(state: TabState): Promise<void> {
  await chrome.action.setBadgeText({ text: signs[state.is] ?? '' });
  const title = state.is === 'found' ? [state.title, state.artist].filter(Boolean).join(' – ') : 'Entendu';
  await chrome.action.setTitle({ title });
}
