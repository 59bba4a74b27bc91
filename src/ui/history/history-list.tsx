import type { JSX } from 'preact';
import type { Session } from '../../engine/api.ts';
import { day } from '../parts/localized.ts';
import { HistoryRow } from './history-row.tsx';

/** Sessions under the days on which they began. */
export function HistoryList(props: {
  sessions: Session[];
  /** Shown beside the list. */
  beside?: Session;
  onOpen: (session: Session) => void;
}): JSX.Element {
  const { sessions, beside, onOpen } = props;
  return (
    <>
      {byDay(sessions).map(([heading, group]) => (
        <section key={heading} class="history-day">
          <h2 class="group">{heading}</h2>
          <ul>
            {group.map((session) => (
              <li key={session.id}>
                <HistoryRow session={session} isBeside={session.id === beside?.id} onOpen={() => onOpen(session)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function byDay(sessions: Session[]): [string, Session[]][] {
  const days = new Map<string, Session[]>();
  for (const session of sessions) {
    const heading = day(session.began, Date.now());
    days.set(heading, [...(days.get(heading) ?? []), session]);
  }
  return [...days];
}
