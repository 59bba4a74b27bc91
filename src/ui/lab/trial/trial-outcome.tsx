import type { JSX } from 'preact';
import { pageOf } from '../../../accuracy/html-report.ts';
import type { ReportRow } from '../../../accuracy/report.ts';
import type { TrialResult } from '../../../lab/lab-api.ts';
import { dated, download } from '../../bundles/save-file.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { number, percent } from '../../parts/localized.ts';
import { LineChart } from '../line-chart.tsx';
import { trialCsv } from './trial-csv.ts';
import { type TrialCondition, trialConditions } from './trial-form.tsx';

/** Shares by length, as dejavu draws them, and the whole as a file. */
export function TrialOutcome({ result }: { result: TrialResult }): JSX.Element {
  const { report, rows, unread } = result;
  const lines = (y: (row: ReportRow) => number) =>
    [...new Set(report.rows.map(({ condition }) => condition))].map((condition) => ({
      name: t(trialConditions[condition as TrialCondition]),
      points: report.rows
        .filter((row) => row.condition === condition)
        .map((row): [number, number] => [row.seconds, y(row)]),
    }));
  const xText = (seconds: number) => t('lab.seconds', { seconds: number(seconds) });
  const slowest = Math.max(1, ...report.rows.map(({ medianMs }) => medianMs));
  return (
    <>
      {unread.length > 0 && <p class="fault">{t('lab.trial.unread', { titles: unread.join(', ') })}</p>}
      <div class="lab-charts">
        <LineChart
          title={t('lab.plot.right')}
          lines={lines(({ right }) => right)}
          most={1}
          xText={xText}
          yText={(share) => percent(share)}
        />
        <LineChart
          title={t('lab.plot.placed')}
          lines={lines(({ placed }) => placed)}
          most={1}
          xText={xText}
          yText={(share) => percent(share)}
        />
        <LineChart
          title={t('lab.plot.confidence')}
          lines={lines(({ medianConfidence }) => medianConfidence)}
          most={1}
          xText={xText}
          yText={(share) => percent(share)}
        />
        <LineChart
          title={t('lab.plot.time')}
          lines={lines(({ medianMs }) => medianMs)}
          most={slowest}
          xText={xText}
          yText={(ms) => t('lab.milliseconds', { value: number(Math.round(ms)) })}
        />
      </div>
      <div class="lab-sources">
        <Button
          icon="share"
          onClick={() => download(dated('entendu-accuracy', 'html'), new Blob([pageOf(report)], { type: 'text/html' }))}
        >
          {t('lab.trial.html')}
        </Button>
        <Button
          icon="share"
          onClick={() => download(dated('entendu-accuracy', 'csv'), new Blob([trialCsv(rows)], { type: 'text/csv' }))}
        >
          {t('lab.trial.csv')}
        </Button>
      </div>
    </>
  );
}
