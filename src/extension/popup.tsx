/** The popup of the extension's button: listens to the tab that the user looks at, and shows the answer. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../ui/messages/messages.ts';
import { Button } from '../ui/parts/button.tsx';
import { Mark } from '../ui/parts/icons/icon.tsx';
import { showPage } from './show-page.tsx';
import { TabAnswer } from './tab-answer.tsx';
import { isRunning, onMessage, send, type TabState } from './tab-messages.ts';

function Popup(): JSX.Element {
  const [state, setState] = useState<TabState>({ is: 'idle' });
  useEffect(() => follow(setState), []);
  const start = async () => setState(await listenToTab());
  const stop = () => void send({ to: 'offscreen', ask: 'stop' });
  return (
    <main class="popup">
      <h1 class="popup-name">
        <Mark /> {t('app.name')}
      </h1>
      <TabAnswer state={state} />
      <Button kind="main" onClick={isRunning(state) ? stop : start}>
        {t(isRunning(state) ? 'listen.stop' : state.is === 'idle' ? 'listen.start' : 'listen.again')}
      </Button>
      <Button kind="quiet" onClick={() => void chrome.tabs.create({ url: chrome.runtime.getURL('songs.html') })}>
        {t('extension.songs')}
      </Button>
    </main>
  );
}

function follow(show: (state: TabState) => void): () => void {
  const end = onMessage('all', ({ state }) => {
    show(state);
    return undefined;
  });
  void earlierState().then((state) => {
    show(state);
    if (!isRunning(state)) void chrome.action.setBadgeText({ text: '' }); // the user sees the answer now
  });
  return end;
}

/** Without the offscreen document there is no answer. */
const earlierState = async (): Promise<TabState> =>
  ((await send({ to: 'offscreen', ask: 'state' }).catch(() => undefined)) as TabState | undefined) ?? { is: 'idle' };

async function listenToTab(): Promise<TabState> {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined) return { is: 'refused' };
  return (await send({ to: 'worker', listenTo: tab.id })) as TabState;
}

await showPage(() => <Popup />);
