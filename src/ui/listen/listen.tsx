import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../messages/messages.ts';
import { IconButton } from '../parts/button.tsx';
import { later } from '../parts/lazy.tsx';
import { useCell } from '../parts/state/cell.ts';
import { go, route } from '../route.ts';
import { useServices } from '../services.ts';
import { demoTunes, isDemoOnly } from './demo.ts';
import { ListenButton } from './listen-button.tsx';
import './listen.css';
import { closeAnswer } from './session/answer-route.ts';
import { isAnswer } from './session/listening-state.ts';
import { Sources } from './sources.tsx';
import { Status } from './status.tsx';

// Parts that are not needed to begin listening are loaded when they are first shown.
const DemoTunes = later(() => import('./demo-tunes.tsx').then((part) => part.DemoTunes));
const EmptyLibrary = later(() => import('./empty-library.tsx').then((part) => part.EmptyLibrary));
const FoundCard = later(() => import('./answer/found.tsx').then((part) => part.FoundCard));
const LivePicture = later(() => import('./picture/picture.tsx').then((part) => part.LivePicture));
const NoneCard = later(() => import('./answer/none.tsx').then((part) => part.NoneCard));
const Following = later(() => import('./answer/following.tsx').then((part) => part.Following));
const Share = later(() => import('./answer/share.tsx').then((part) => part.Share));
const Silent = later(() => import('./silent.tsx').then((part) => part.Silent));

function useOffline(): boolean {
  const [isOffline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const follow = () => setOffline(!navigator.onLine);
    addEventListener('online', follow);
    addEventListener('offline', follow);
    return () => {
      removeEventListener('online', follow);
      removeEventListener('offline', follow);
    };
  }, []);
  return isOffline;
}

/** The Listen screen. */
export function Listen(): JSX.Element {
  const { engine, session, songCount } = useServices();
  const state = useCell(session.state);
  const count = useCell(songCount);
  const only = useCell(session.only);
  const keepsOn = useCell(session.keepsOn);
  const { detail } = useCell(route);

  const isOffline = useOffline();

  // `#listen` in an address or a shortcut starts at once.
  useEffect(() => {
    if (detail !== 'now') return;
    go({ place: 'listen' }, { replace: true });
    void session.start('microphone');
  }, [detail]);

  // Only in a library as small as the demo is it worth checking whether it is the demo.
  const [isDemo, setDemo] = useState(false);
  useEffect(() => {
    if (count !== demoTunes.length) setDemo(false);
    else
      engine
        .tracks({ limit: count })
        .then(({ rows }) => setDemo(isDemoOnly(rows.map(({ title }) => title))), console.error);
  }, [count]);

  // Nothing is drawn before there is sound; then the picture stays, and fades when listening ends.
  const wasUsed = useRef(false);
  wasUsed.current ||= state.name !== 'idle';

  // Load the answer's card in advance.
  useEffect(() => {
    if (state.name === 'asking') Promise.all([FoundCard.fetch(), NoneCard.fetch()]).catch(console.warn);
  }, [state.name]);

  const hasPanel = state.name === 'listening' && (state.isSilent || keepsOn);
  const isEmpty = count === 0 && state.name === 'idle';
  return (
    <section class="listen" data-state={state.name} data-keeps={keepsOn} aria-label={t('place.listen')}>
      {wasUsed.current && <LivePicture />}
      <header class="listen-head">
        {!isEmpty && <h1 class="unseen">{t('place.listen')}</h1>}
        {isAnswer(state) && <IconButton icon="close" label={t('do.close')} onClick={() => closeAnswer(session)} />}
        <p class="listen-count number">
          {only ? t('listen.only', { title: only.title }) : count ? t('library.count', { count }) : ''}
        </p>
        {isOffline && <p class="listen-offline">{t('app.offline')}</p>}
        {only && (
          <button type="button" class="listen-all" onClick={() => session.only.set(undefined)}>
            {t('listen.only.end')}
          </button>
        )}
        {state.name === 'found' && <Share found={state.found} />}
      </header>
      {isEmpty ? (
        <EmptyLibrary />
      ) : isAnswer(state) ? (
        <div class="listen-answer">
          {state.name === 'found' && <FoundCard found={state.found} source={state.source} />}
          {state.name === 'none' && <NoneCard nearest={state.nearest} source={state.source} />}
          <Sources />
        </div>
      ) : (
        <>
          <div class="listen-stage">
            <ListenButton />
          </div>
          <div class="listen-foot">
            <Status />
            {state.name === 'listening' && state.isSilent && <Silent source={state.source} />}
            {keepsOn && state.name === 'listening' && <Following found={state.found} />}
            {isDemo && <DemoTunes />}
            {!hasPanel && <Sources />}
          </div>
        </>
      )}
    </section>
  );
}
