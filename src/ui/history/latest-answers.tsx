import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../../engine/api.ts';
import { t } from '../messages/messages.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import { useCell } from '../parts/state/cell.ts';
import { go, linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import { HistoryRow } from './history-row.tsx';
import './latest-answers.css';

const SHOWN = 20;

/** What was heard last, beside the Listen button where there is room. */
export function LatestAnswers(): JSX.Element | null {
  const { engine, sessionsVersion } = useServices();
  const version = useCell(sessionsVersion);
  const [sessions, setSessions] = useState<Session[]>();
  useEffect(() => {
    engine.sessions.list({ limit: SHOWN }).then(({ rows }) => setSessions(rows), showFault);
  }, [version]);
  if (!sessions) return null;
  return (
    <section class="latest" aria-label={t('history.latest')}>
      <header>
        <h2>{t('history.latest')}</h2>
        {sessions.length > 0 && <a href={linkTo({ place: 'history' })}>{t('place.history')}</a>}
      </header>
      {sessions.length === 0 && <p class="soft">{t('history.latest.none')}</p>}
      <ul>
        {sessions.map((session) => (
          <li key={session.id}>
            <HistoryRow session={session} onOpen={() => open(session)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function open({ stretches: [first] }: Session) {
  if (first?.track.id !== undefined) go({ place: 'track', detail: String(first.track.id) });
  else go({ place: 'history' });
}
