import type { JSX } from 'preact';
import type { Examination, ExaminedCandidate } from '../../../engine/api.ts';
import { FRAMES_PER_SECOND } from '../../../kernel/format.ts';
import { t } from '../../messages/messages.ts';
import { number } from '../../parts/localized.ts';

const WIDTH = 100;
const HEIGHT = 40;

/** The votes over the whole library, one song after the other. */
export function VoteChart(props: { examination: Examination; candidate?: ExaminedCandidate }): JSX.Element {
  const { votes } = props.examination;
  const { candidate } = props;
  const { most } = votes;
  const top = most.reduce((all, value) => Math.max(all, value), 1);
  const bar = WIDTH / most.length;
  const spike = candidate && Math.min(most.length - 1, Math.floor(candidate.tapeShare * most.length));
  const path = (wanted: (i: number) => boolean) =>
    Array.from(most, (value, i) =>
      value > 0 && wanted(i)
        ? `M${i * bar} ${HEIGHT}v${-(HEIGHT * value) / top}h${bar}v${(HEIGHT * value) / top}z`
        : '',
    ).join('');
  const isSpike = (i: number) => spike !== undefined && Math.abs(i - spike) <= 1;
  const here =
    spike === undefined ? 0 : most.slice(Math.max(0, spike - 1), spike + 2).reduce((a, b) => Math.max(a, b), 0);
  const elsewhere = most.reduce((all, value, i) => (isSpike(i) ? all : Math.max(all, value)), 0);
  return (
    <figure class="chart lab-chart">
      <figcaption>{t('lab.votes.chart', { count: votes.count })}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="lab-bars" d={path((i) => !isSpike(i))} />
        <path class="lab-spike" d={path(isSpike)} />
      </svg>
      <p class="chart-ends" aria-hidden="true">
        <span>{t('lab.votes.begin')}</span>
        <span>{t('lab.votes.end')}</span>
      </p>
      <p class="soft number">
        {candidate &&
          t('lab.votes.spike', {
            title: candidate.track.title,
            here: number(Math.round(here)),
            elsewhere: number(Math.round(elsewhere)),
          })}
      </p>
    </figure>
  );
}

/** How well the song fits a little earlier or later, and the votes for the same places. */
export function FitChart({ candidate }: { candidate: ExaminedCandidate }): JSX.Element {
  const { fits, votesNear } = candidate;
  const middle = (fits.length - 1) / 2;
  const top = fits.reduce((most, value) => Math.max(most, value), 1);
  const least = fits.reduce((most, value) => Math.min(most, value), 0);
  const x = (i: number) => (WIDTH * i) / (fits.length - 1);
  const y = (value: number) => HEIGHT * (1 - (value - least) / (top - least));
  const mostVotes = votesNear.reduce((most, value) => Math.max(most, value), 1);
  const line = Array.from(fits, (value, i) => `${i ? 'L' : 'M'}${x(i)} ${y(value)}`).join('');
  const bars = Array.from(votesNear, (value, i) => `M${x(i)} ${HEIGHT}v${-(HEIGHT * value) / mostVotes}`).join('');
  const seconds = middle / FRAMES_PER_SECOND;
  const offset = (value: number) =>
    t('lab.seconds', { seconds: number(value, { signDisplay: 'exceptZero', maximumFractionDigits: 1 }) });
  const rows = Array.from({ length: 9 }, (_, i) => Math.round((i * (fits.length - 1)) / 8));
  return (
    <figure class="chart lab-chart">
      <figcaption>{t('lab.fit.chart', { title: candidate.track.title })}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="lab-near" d={bars} />
        <path class="lab-line" d={line} />
      </svg>
      <p class="chart-ends number" aria-hidden="true" dir="ltr">
        <span>{offset(-seconds)}</span>
        <span>{t('lab.fit.here')}</span>
        <span>{offset(seconds)}</span>
      </p>
      <p class="soft">{t('lab.fit.legend', { value: number(fits[middle], { maximumFractionDigits: 1 }) })}</p>
      <div class="unseen">
        <table>
          <caption>{t('lab.fit.chart', { title: candidate.track.title })}</caption>
          <tbody>
            {rows.map((i) => (
              <tr key={i}>
                <th scope="row">{offset((i - middle) / FRAMES_PER_SECOND)}</th>
                <td>{number(fits[i], { maximumFractionDigits: 1 })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
