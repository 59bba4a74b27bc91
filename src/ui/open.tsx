/** Creates the services (engine, queue and so on) and shows the app. */
import { render } from 'preact';
import type { Engine } from '../engine/api.ts';
import type { Fault } from '../errors.ts';
import type { Imports } from './adding/queue/imports.ts';
import { App } from './app.tsx';
import { followAnswers } from './listen/session/answer-route.ts';
import { LiveSession } from './listen/session/live-session.ts';
import { createRecent } from './listen/session/recent.ts';
import { speak, t, wholeTable } from './messages/messages.ts';
import { faultText } from './parts/notices/fault-text.ts';
import { followRejections, showFault } from './parts/notices/fault-toast.ts';
import { LastResort } from './parts/notices/last-resort.tsx';
import { type Toast, takeBack, tell } from './parts/notices/toast.tsx';
import { type Cell, cell } from './parts/state/cell.ts';
import { nextTask } from './parts/task.ts';
import { openRecordings } from './recording/queue/recordings.ts';
import { followAddress } from './route.ts';
import type { Services } from './services.ts';
import { followLook, languageOf, openSettings, type Settings } from './settings/settings.ts';

export async function openApp(
  root: HTMLElement,
  engine: Engine,
  openImports: (settings: Cell<Settings>) => Imports,
): Promise<Services> {
  const settings = openSettings();
  const session = new LiveSession(engine, settings);
  const services: Services = {
    engine,
    settings,
    session,
    recent: createRecent(session, settings),
    recordings: openRecordings(engine, settings),
    imports: openImports(settings),
    songCount: cell<number | undefined>(undefined),
    libraryVersion: cell(0),
    sessionsVersion: cell(0),
  };
  followRejections();
  followLook(settings);
  followAddress();
  followAnswers(session);
  settings.subscribe(() => void speak(languageOf(settings.value)));
  await speak(languageOf(settings.value));
  await nextTask();
  render(
    <LastResort>
      <App services={services} />
    </LastResort>,
    root,
  );
  void followLibrary(services);
  offerToGoOn(services);
  return services;
}

/** Tracks the number of songs, and tells the screens when the library changes in this or another window. */
async function followLibrary({ engine, songCount, libraryVersion, sessionsVersion }: Services): Promise<void> {
  const count = async () => {
    const { trackCount } = await engine.status();
    songCount.set(trackCount);
    libraryVersion.set(libraryVersion.value + 1);
  };
  let told: Toast | undefined;
  const tellFault = async (name: Fault['name']) => {
    await wholeTable();
    told = { text: faultText(name), isFault: true, stays: true, action: reload() };
    tell(told);
  };
  // While many songs are being learnt, changes are frequent; updating the screens a few times a second is enough.
  let isPending = false;
  const watching = engine.watch((change) => {
    if ('fault' in change) void tellFault(change.fault.name);
    if (change.kind === 'sessions') sessionsVersion.set(sessionsVersion.value + 1);
    if ('fault' in change || change.kind === 'sessions' || isPending) return;
    isPending = true;
    setTimeout(() => {
      isPending = false;
      count().catch(showFault);
    }, 200);
  });
  try {
    await Promise.all([watching, count()]);
    if (told) takeBack(told); // the library was waiting, and is open now
  } catch (error) {
    console.error(error);
    await tellFault((error as Error).name as Fault['name']);
  }
}

/** Asks to continue with files of an earlier visit, which the browser only opens again after a click. */
function offerToGoOn({ imports: { locked, unlock } }: Services): void {
  locked.subscribe(async () => {
    const count = locked.value.length;
    if (!count) return;
    await wholeTable();
    tell({ text: t('import.locked', { count }), stays: true, action: { label: t('import.resume'), act: unlock } });
  });
}

const reload = () => ({ label: t('do.retry'), act: () => location.reload() });
