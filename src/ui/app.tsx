import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import './tokens.css';
import './base.css';
import './app.css';
import { Listen } from './listen/listen.tsx';
import { isAtWork } from './listen/session/listening-state.ts';
import { language, t } from './messages/messages.ts';
import { hearing } from './page-title.ts';
import { Icon, Mark } from './parts/icons/icon.tsx';
import { later } from './parts/lazy.tsx';
import { LastResort } from './parts/notices/last-resort.tsx';
import { Toasts } from './parts/notices/toast.tsx';
import { useCell } from './parts/state/cell.ts';
import { useMedia } from './parts/state/media.ts';
import { nextTask } from './parts/task.ts';
import { linkTo, placeOf, places, type Route, route, type ScreenName } from './route.ts';
import { type Services, ServicesContext } from './services.ts';

const Library = later(() => import('./library/library-screen.tsx').then((room) => room.Library));
const TrackPage = later(() => import('./library/track/track-page.tsx').then((room) => room.TrackPage));
const History = later(() => import('./history/history.tsx').then((room) => room.History));
const RecordingPage = later(() => import('./recording/recording-page.tsx').then((room) => room.RecordingPage));
const SettingsPage = later(() => import('./settings/settings-page.tsx').then((room) => room.SettingsPage));
const LabScreen = later(() => import('./lab/lab-screen.tsx').then((room) => room.LabScreen));
const MicrophoneBar = later(() => import('./listen/microphone-bar.tsx').then((part) => part.MicrophoneBar));
const ImportSheet = later(() => import('./adding/queue/import-sheet.tsx').then((room) => room.ImportSheet));
const LatestAnswers = later(() => import('./history/latest-answers.tsx').then((room) => room.LatestAnswers));
const Intake = later(() => import('./adding/drop-zone.tsx').then((room) => room.Intake));

/** The main screens, the navigation bar, and what is shown above the bar on every screen. */
export function App({ services }: { services: Services }): JSX.Element {
  const now = useCell(route);
  const spoken = useCell(language);
  const isLearning = useCell(services.imports.state, ({ rows }) => rows.length > 0);
  const hasSongs = useCell(services.songCount, Boolean);
  const isWide = useMedia('(min-width: 1200px)');
  const hasPane = useMedia('(min-width: 1100px)');
  // Draw the bar in one task and the screen in the next, so that both tasks are short on slow devices.
  const [hasBar, setBar] = useState(false);
  useLayoutEffect(() => void nextTask().then(() => setBar(true)), []);
  const place = placeOf(now);
  const heard = useCell(hearing);
  const isListening = useCell(services.session.state, isAtWork);
  const isKeeping = useCell(services.recent.isOn);
  useEffect(() => {
    document.title = `${heard ?? t(`place.${place}`)} – ${t('app.name')}`;
  }, [place, heard, spoken]);
  useEffect(() => {
    // The focused element may have disappeared with the previous screen.
    if (document.activeElement === document.body) skip();
  }, [now, spoken]);
  return (
    <ServicesContext.Provider value={services}>
      <div class="app" key={spoken} data-place={now.place}>
        <button class="app-skip" type="button" onClick={skip}>
          {t('app.skip')}
        </button>
        <Bar place={place} />
        <main key={linkTo(screenOf(now, hasPane))} class="app-content scroller" id="content" tabIndex={-1}>
          {hasBar && (
            <LastResort>
              <Screen now={now} hasPane={hasPane} />
            </LastResort>
          )}
        </main>
        {isWide && now.place === 'listen' && hasSongs && (
          <aside class="app-beside scroller">
            <LastResort>
              <LatestAnswers />
            </LastResort>
          </aside>
        )}
        <div class="app-above">
          <Toasts />
          {(isKeeping || (isListening && now.place !== 'listen')) && (
            <LastResort>
              <MicrophoneBar />
            </LastResort>
          )}
          {isLearning && (
            <LastResort>
              <ImportSheet />
            </LastResort>
          )}
        </div>
        <LastResort>
          <Intake />
        </LastResort>
      </div>
    </ServicesContext.Provider>
  );
}

/** A new screen starts at its top; another state of the same screen keeps its scroll position. */
function screenOf(now: Route, hasPane: boolean): Route {
  if (now.place === 'track') return hasPane ? { place: 'library' } : now;
  // A recording keeps its screen when it gets its final number.
  return now.place === 'recording' && now.detail ? { place: 'recording', detail: '0' } : { place: now.place };
}

function Screen({ now, hasPane }: { now: Route; hasPane: boolean }): JSX.Element {
  switch (now.place) {
    case 'listen':
      return <Listen />;
    case 'library':
      return <Library />;
    case 'track':
      // With room for both, a song is shown beside the list.
      return hasPane ? <Library /> : <TrackPage id={Number(now.detail)} />;
    case 'recording':
      return <RecordingPage detail={now.detail} />;
    case 'history':
      return <History />;
    case 'settings':
      return <SettingsPage />;
    case 'lab':
      return <LabScreen detail={now.detail} />;
  }
}

function Bar({ place }: { place: ScreenName }): JSX.Element {
  return (
    <nav class="bar" aria-label={t('app.places')}>
      <span class="bar-mark">
        <Mark size={28} />
        {t('app.name')}
      </span>
      {places.map((name) => (
        <a
          key={name}
          class="bar-place"
          href={linkTo({ place: name })}
          aria-current={name === place ? 'page' : undefined}
        >
          {name === 'listen' ? <Mark size={26} /> : <Icon name={name === 'lab' ? 'keep' : name} size={26} />}
          <span>{t(`place.${name}`)}</span>
        </a>
      ))}
    </nav>
  );
}

/** Moves the focus directly, because the hash of the address is used for routes. */
const skip = () => document.getElementById('content')?.focus({ preventScroll: true });
