import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../../../engine/api.ts';
import { t } from '../../messages/messages.ts';
import { date, number } from '../../parts/localized.ts';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { useCell } from '../../parts/state/cell.ts';
import { useServices } from '../../services.ts';
import './charts.css';
import { type Count, countBy, countByDay } from './heard-counts.ts';

const DAYS = 30;

/** What was heard most, and on which days; each chart is a table for those who do not see it. */
export function Charts(): JSX.Element {
  const { engine, sessionsVersion } = useServices();
  const version = useCell(sessionsVersion);
  const [sessions, setSessions] = useState<Session[]>([]);
  useEffect(() => {
    engine.sessions.list().then(({ rows }) => setSessions(rows), showFault);
  }, [version]);
  return (
    <>
      <DayChart days={countByDay(sessions, DAYS, Date.now())} />
      <Ranking title={t('charts.songs')} counts={countBy(sessions, 'title')} />
      <Ranking title={t('charts.artists')} counts={countBy(sessions, 'artist')} />
    </>
  );
}

function DayChart({ days }: { days: { day: number; count: number }[] }): JSX.Element {
  const most = Math.max(1, ...days.map(({ count }) => count));
  const width = 100 / days.length;
  return (
    <figure class="chart">
      <figcaption>{t('charts.days')}</figcaption>
      <svg viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
        {days.map(({ day, count }, i) => (
          <rect
            key={day}
            x={i * width + width * 0.15}
            width={width * 0.7}
            y={30 - (29 * count) / most}
            height={(29 * count) / most}
          />
        ))}
      </svg>
      <p class="chart-ends number" aria-hidden="true">
        <span>{date(days[0].day)}</span>
        <span>{t('charts.most', { count: most })}</span>
        <span>{date(days[days.length - 1].day)}</span>
      </p>
      <div class="unseen">
        <table>
          <caption>{t('charts.days')}</caption>
          <tbody>
            {days
              .filter(({ count }) => count > 0)
              .map(({ day, count }) => (
                <tr key={day}>
                  <th scope="row">{date(day)}</th>
                  <td>{number(count)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

/** Bars with their names and numbers on them: the table is the chart. */
function Ranking({ title, counts }: { title: string; counts: Count[] }): JSX.Element {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return (
    <table class="chart-ranking">
      <caption>{title}</caption>
      <tbody>
        {counts.map(({ name, count }, i) => (
          <tr key={`${i} ${name}`}>
            <th scope="row" dir="auto">
              {name}
            </th>
            <td class="number">
              <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect width={(100 * count) / most} height="4" />
              </svg>
              {number(count)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
