import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Session, SessionPage } from '../../engine/api.ts';
import { sessionsCsv } from '../../sessions/formats/session-csv.ts';
import { sessionsJson } from '../../sessions/formats/session-text.ts';
import { dated, download } from '../bundles/save-file.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { useCell } from '../parts/cell.ts';
import { showFault } from '../parts/fault-toast.ts';
import { later } from '../parts/lazy.tsx';
import { day } from '../parts/localized.ts';
import { Menu } from '../parts/menu.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { useKeptScroll } from '../parts/session-state.ts';
import { tell } from '../parts/toast.tsx';
import { useServices } from '../services.ts';
import { EmptyHistory } from './empty-history.tsx';
import './history.css';
import { HistoryRow } from './history-row.tsx';
import { SessionDialog } from './session-dialog.tsx';

const ChartsDialog = later(() => import('./charts-dialog.tsx').then((part) => part.ChartsDialog));

/** So many are drawn at first; the rest when one asks for it. */
const SHOWN = 200;

/** What was heard and when, newest first. */
export function History(): JSX.Element | null {
  const { engine } = useServices();
  const [words, setWords] = useState('');
  const [limit, setLimit] = useState(SHOWN);
  const [open, setOpen] = useState<Session>();
  const [isCharting, setCharting] = useState(false);
  const page = useSessions(words, limit);
  const screen = useKeptScroll('history', Boolean(page));

  if (!page) return null;
  if (!page.rows.length && !words) return <EmptyHistory />;

  const remove = async (ids: number[], text: string) => {
    setOpen(undefined);
    try {
      await engine.sessions.remove(ids);
      tell({ text, action: { label: t('do.undo'), act: () => engine.sessions.restore(ids).catch(showFault) } });
    } catch (error) {
      showFault(error);
    }
  };
  const clear = async () => {
    const { rows } = await engine.sessions.list();
    setWords('');
    await remove(
      rows.map(({ id }) => id),
      t('history.cleared'),
    );
  };

  return (
    <section class="history" ref={screen} aria-label={t('place.history')}>
      <header class="history-head">
        <h1>{t('place.history')}</h1>
        <HistoryMenu onCharts={() => setCharting(true)} onClear={() => void clear().catch(showFault)} />
      </header>
      <SearchField label={t('history.search')} value={words} onInput={setWords} />
      {!page.rows.length && <p class="soft">{t('history.search.none', { words })}</p>}
      {byDay(page.rows).map(([heading, group]) => (
        <section key={heading} class="history-day">
          <h2 class="group">{heading}</h2>
          <ul>
            {group.map((session) => (
              <li key={session.id}>
                <HistoryRow session={session} onOpen={() => setOpen(session)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {page.total > page.rows.length && <Button onClick={() => setLimit(limit + SHOWN)}>{t('history.older')}</Button>}
      {isCharting && <ChartsDialog onClose={() => setCharting(false)} />}
      {open && (
        <SessionDialog
          session={open}
          onClose={() => setOpen(undefined)}
          onRemove={() => remove([open.id], t('history.deleted'))}
        />
      )}
    </section>
  );
}

/** The sessions with these words, read again when the history changes. */
function useSessions(words: string, limit: number): SessionPage | undefined {
  const { engine, sessionsVersion } = useServices();
  const version = useCell(sessionsVersion);
  const [page, setPage] = useState<SessionPage>();
  useEffect(() => {
    let isStale = false;
    engine.sessions.list({ search: words, limit }).then(
      (found) => !isStale && setPage(found),
      (error) => {
        setPage({ total: 0, rows: [] });
        showFault(error);
      },
    );
    return () => {
      isStale = true;
    };
  }, [version, words, limit]);
  return page;
}

function HistoryMenu({ onCharts, onClear }: { onCharts: () => void; onClear: () => void }): JSX.Element {
  const { engine } = useServices();
  const save = (ending: string, type: string, text: (sessions: Session[]) => string) => () =>
    engine.sessions
      .list()
      .then(({ rows }) => download(dated('entendu-history', ending), new Blob([text(rows)], { type })), showFault);
  return (
    <Menu
      label={t('do.more')}
      icon="more"
      items={[
        { icon: 'history', label: t('charts.title'), act: onCharts },
        { icon: 'share', label: t('history.export.csv'), act: save('csv', 'text/csv', sessionsCsv) },
        {
          icon: 'share',
          label: t('history.export.json'),
          act: save('json', 'application/json', sessionsJson),
        },
        { icon: 'trash', label: t('history.clear'), isDanger: true, act: onClear },
      ]}
    />
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
