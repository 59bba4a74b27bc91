import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../../engine/api.ts';
import { t } from '../messages/messages.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import { useCell } from '../parts/state/cell.ts';
import { go, linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import { QueuePage } from './queue/queue-page.tsx';
import './recording-page.css';
import { SessionPage } from './session-page.tsx';

/** `q3` is the third file of this visit's queue, a plain number a session that is kept; without either, the whole queue. */
export function RecordingPage({ detail }: { detail?: string }): JSX.Element | null {
  const { recordings } = useServices();
  const reports = useCell(recordings.reports);
  const report = detail?.startsWith('q') ? reports.find(({ id }) => `q${id}` === detail) : undefined;
  const keptId = report?.state === 'done' ? report.session?.id : undefined;
  useEffect(() => {
    // When it is done its address is the one that lasts.
    if (keptId) go({ place: 'recording', detail: String(keptId) }, { replace: true });
  }, [keptId]);
  if (report) return <SessionPage session={report.session} report={report} />;
  return detail && /^\d+$/.test(detail) ? <KeptPage id={Number(detail)} /> : <QueuePage reports={reports} />;
}

/** A session as it is in the library. */
function KeptPage({ id }: { id: number }): JSX.Element | null {
  const { engine, recordings, sessionsVersion } = useServices();
  const version = useCell(sessionsVersion);
  const report = useCell(recordings.reports, (all) => all.find(({ session }) => session?.id === id));
  const [session, setSession] = useState<Session | null>();
  useEffect(() => {
    engine.sessions.get(id).then((found) => setSession(found ?? null), showFault);
  }, [id, version]);
  if (session === undefined) return null;
  if (session === null) {
    return (
      <section class="recording">
        <h1>{t('recording.gone')}</h1>
        <a href={linkTo({ place: 'history' })}>{t('place.history')}</a>
      </section>
    );
  }
  return <SessionPage session={session} report={report} />;
}
