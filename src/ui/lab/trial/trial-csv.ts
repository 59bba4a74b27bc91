/** The outcome of dejavu's test as a table, with a row for each clip. */
import { csvOf } from '../../../csv.ts';
import type { TrialRow } from '../../../lab/lab-api.ts';

export function trialCsv(rows: readonly TrialRow[]): string {
  const header = [
    ...['condition', 'seconds', 'song', 'from_seconds', 'answer', 'right', 'confidence'],
    ...['position_off_by', 'milliseconds'],
  ];
  return csvOf(
    header,
    rows.map((row) => [
      ...[row.condition, row.seconds, row.title, rounded(row.fromSeconds, 3), row.answer, Number(row.isRight)],
      ...[rounded(row.confidence, 4), rounded(row.offsetError, 3), rounded(row.milliseconds, 1)],
    ]),
  );
}

const rounded = (value: number | undefined, digits: number) =>
  value === undefined ? undefined : Number(value.toFixed(digits));
