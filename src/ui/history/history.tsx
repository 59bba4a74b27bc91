import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Session, SessionPage } from '../../engine/api.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { SearchField } from '../parts/fields/search-field.tsx';
import { later } from '../parts/lazy.tsx';
import { showFault } from '../parts/notices/fault-toast.ts';
import { tell } from '../parts/notices/toast.tsx';
import { useCell } from '../parts/state/cell.ts';
import { useMedia } from '../parts/state/media.ts';
import { useKeptScroll } from '../parts/state/session-state.ts';
import { useServices } from '../services.ts';
import { AnswerForm } from './answer-form.tsx';
import { EmptyHistory } from './empty-history.tsx';
import './history.css';
import { HistoryList } from './history-list.tsx';
import { HistoryMenu } from './history-menu.tsx';
import { titleOf } from './session-words.ts';

const Charts = later(() => import('./statistics/charts.tsx').then((part) => part.Charts));
const HistoryPane = later(() => import('./history-pane.tsx').then((part) => part.HistoryPane));

/** How many are drawn at first; the rest on request. */
const SHOWN = 200;

/** What was heard and when, newest first. */
export function History(): JSX.Element | null {
  const { engine } = useServices();
  const [words, setWords] = useState('');
  const [limit, setLimit] = useState(SHOWN);
  const [open, setOpen] = useState<Session>();
  const [isCharting, setCharting] = useState(false);
  const hasPane = useMedia('(min-width: 1100px)');
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

  const close = () => setOpen(undefined);
  const list = (
    <section class="history" ref={screen} aria-label={t('place.history')}>
      <header class="history-head">
        <h1>{t('place.history')}</h1>
        <HistoryMenu
          onCharts={hasPane ? undefined : () => setCharting(true)}
          onClear={() => void clear().catch(showFault)}
        />
      </header>
      <SearchField label={t('history.search')} value={words} onInput={setWords} />
      {!page.rows.length && <p class="soft">{t('history.search.none', { words })}</p>}
      <HistoryList sessions={page.rows} beside={hasPane ? open : undefined} onOpen={setOpen} />
      {page.total > page.rows.length && <Button onClick={() => setLimit(limit + SHOWN)}>{t('history.older')}</Button>}
    </section>
  );
  const answer = open && { session: open, onClose: close, onRemove: () => remove([open.id], t('history.deleted')) };
  if (hasPane) {
    return (
      <div class="history-desk">
        <div class="history-side scroller">{list}</div>
        <HistoryPane open={open} onClose={close} onRemove={() => answer?.onRemove()} />
      </div>
    );
  }
  return (
    <>
      {list}
      {isCharting && (
        <Dialog title={t('charts.title')} onClose={() => setCharting(false)}>
          <Charts />
        </Dialog>
      )}
      {answer && (
        <Dialog title={titleOf(answer.session)} onClose={close}>
          <AnswerForm {...answer} />
        </Dialog>
      )}
    </>
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
