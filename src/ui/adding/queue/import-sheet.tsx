import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../messages/messages.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { listed } from '../../parts/listed.ts';
import { clock, duration, percent } from '../../parts/localized.ts';
import { faultText } from '../../parts/notices/fault-text.ts';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { Progress } from '../../parts/progress.tsx';
import { useCell } from '../../parts/state/cell.ts';
import { useServices } from '../../services.ts';
import './import-sheet.css';
import { isFinished } from './imports.ts';
import type { QueueRow, QueueState } from './queue-rows.ts';

const LASTS_MS = 8000;

/** Progress of learning: a thin sheet above the navigation bar on every screen, until learning is done. */
export function ImportSheet(): JSX.Element {
  const { engine, imports } = useServices();
  const state = useCell(imports.state);
  const [isOpen, setOpen] = useState(false);
  const { rows, isPaused } = state;
  const finished = rows.filter(isFinished).length;
  const failed = rows.filter((row) => row.state === 'failed').length;
  const isDone = finished === rows.length;
  const heard = rows.reduce((sum, row) => sum + (isFinished(row) ? 1 : row.share), 0);

  const learnt = rows.flatMap(({ state, track }) => (state === 'added' && track ? track.id : []));
  const undo = () => {
    engine.remove(learnt).then(imports.clear, showFault);
  };

  // After success, show that for a moment and then close.
  const isAllWell = isDone && !isOpen && rows.every(({ state }) => state === 'added' || state === 'lyrics');
  useEffect(() => {
    if (!isAllWell) return;
    const timer = setTimeout(imports.clear, LASTS_MS);
    return () => clearTimeout(timer);
  }, [isAllWell]);

  return (
    <section class="import-sheet" aria-label={t('library.add')}>
      <div class="import-head">
        <p class="number">
          <strong>{headline(state, finished, isDone)}</strong>
          <span class="soft">{sideline(state, failed, isDone)}</span>
        </p>
        {isDone && learnt.length > 0 && (
          <Button kind="quiet" onClick={undo}>
            {t('import.undo')}
          </Button>
        )}
        {!isDone && (
          <IconButton
            icon={isPaused ? 'play' : 'pause'}
            label={t(isPaused ? 'import.resume' : 'import.pause')}
            onClick={isPaused ? imports.resume : imports.pause}
          />
        )}
        <IconButton
          icon="down"
          label={t(isOpen ? 'import.details.hide' : 'import.details')}
          expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        />
        <IconButton
          icon="close"
          label={t(isDone ? 'do.close' : 'import.cancel')}
          onClick={isDone ? imports.clear : imports.cancel}
        />
      </div>
      {!isDone && <Progress total={rows.length} done={heard} label={t('library.add')} />}
      {/* Announced in steps of ten, so that a screen reader does not talk all the time. */}
      <p class="unseen" role="status">
        {isDone
          ? headline(state, finished, true)
          : t('import.learning', { done: finished - (finished % 10), total: rows.length })}
      </p>
      {isOpen && isDone && failed > 0 && (
        <Button kind="quiet" onClick={imports.retry}>
          {t('import.retry')}
        </Button>
      )}
      {isOpen && (
        <ul class="import-rows">
          {[...rows]
            .sort(byInterest)
            .slice(0, 200)
            .map((row) => (
              <Row key={row.id} row={row} />
            ))}
        </ul>
      )}
    </section>
  );
}

/** Rows that need a decision come first, then running ones. */
const order = {
  failed: 0,
  similar: 1,
  learning: 2,
  waiting: 3,
  added: 4,
  known: 5,
  lyrics: 5,
  cancelled: 6,
  missing: 7,
};
const byInterest = (a: QueueRow, b: QueueRow) => order[a.state] - order[b.state] || a.id - b.id;

function headline({ rows, isPaused }: QueueState, finished: number, isDone: boolean): string {
  if (isDone) {
    const count = rows.filter(({ state }) => state === 'added').length;
    const sung = rows.filter(({ state }) => state === 'lyrics').length;
    if (!count && sung) return t('import.done.lyrics', { count: sung });
    return count ? t('import.done', { count }) : t('import.done.none');
  }
  const total = rows.length;
  // The current file is counted: "learning 1 of 3" during the first.
  return isPaused ? t('import.paused', { done: finished, total }) : t('import.learning', { done: finished + 1, total });
}

function sideline({ rows, secondsLeft, skipped, isPaused }: QueueState, failed: number, isDone: boolean): string {
  const missing = rows.filter(({ state }) => state === 'missing').length;
  const said = [
    !isDone && !isPaused && secondsLeft !== undefined && t('import.left', { time: duration(secondsLeft) }),
    failed > 0 && t('import.failed', { count: failed }),
    missing > 0 && t('import.missing', { count: missing }),
    isDone && skipped > 0 && t('import.skipped', { count: skipped }),
  ];
  return listed(said);
}

function Row({ row }: { row: QueueRow }): JSX.Element {
  const { imports } = useServices();
  return (
    <li class="import-row" data-state={row.state}>
      <span class="import-name">
        <bdi>{row.name}</bdi>
      </span>
      <span class="import-told number">{told(row)}</span>
      {row.state === 'similar' && (
        <Button kind="quiet" onClick={() => imports.addAnyway(row.id)}>
          {t('import.row.similar.keep')}
        </Button>
      )}
    </li>
  );
}

function told({ state, share, factor, track, fault, kind }: QueueRow): string {
  const title = track?.title ?? '';
  switch (state) {
    case 'waiting':
      return t('import.row.waiting');
    case 'learning': {
      const heard = t('import.row.learning', { percent: percent(share) });
      return factor ? `${heard}, ${t('import.row.speed', { factor: Math.round(factor) })}` : heard;
    }
    case 'added':
      if (track && track.learntSeconds < track.seconds - 1 && fault) {
        return t('import.row.partly', { time: clock(track.learntSeconds) });
      }
      return t('import.row.done', { count: track?.peakCount ?? 0 });
    case 'known':
      return t('import.row.known', { title });
    case 'similar':
      if (kind === 'excerpt') return t('import.row.excerpt', { title });
      return t(kind === 'contains' ? 'import.row.contains' : 'import.row.similar', { title });
    case 'failed':
      return faultText(fault ?? 'Unexpected');
    case 'missing':
      return t('import.row.missing');
    case 'lyrics':
      return t('import.row.lyrics', { title });
    case 'cancelled':
      return t('import.row.cancelled');
  }
}
