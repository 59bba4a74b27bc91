/** Summarises outcomes. */
import type { Outcome } from './outcome.ts';

export interface ReportRow {
  condition: string;
  seconds: number;
  snr?: number;
  isMusicKnown: boolean;
  clips: number;
  /** Shares, 0..1. For clips of unknown music, `wrong` is the share of false alarms. */
  right: number;
  wrong: number;
  complete: number;
  /** Share of the right answers with a position correct within 0.2 s. */
  placed: number;
  /** Of the right answers. */
  medianConfidence: number;
  medianMs: number;
}

interface Tenth {
  /** Answers with a confidence from this value up to 0.1 more. */
  from: number;
  answers: number;
  right: number;
}

export interface Report {
  made: string;
  version: string;
  tracks: number;
  hours: number;
  bytesPerMinute: number;
  rows: ReportRow[];
  falseAlarms: { clips: number; named: number };
  calibration: Tenth[];
  /** By the last step of the search that ran. */
  steps: { step: number; clips: number; medianMs: number; p95Ms: number }[];
}

const PLACED_SECONDS = 0.2;

const share = (some: Outcome[], of: (outcome: Outcome) => boolean) =>
  some.length ? some.filter(of).length / some.length : 0;

function quantile(numbers: number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] : 0;
}

function grouped<T>(items: T[], keyOf: (item: T) => string | number): T[][] {
  const groups = new Map<string | number, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

type Summary = Pick<Report, 'rows' | 'falseAlarms' | 'calibration' | 'steps'>;

export function summed(outcomes: Outcome[]): Summary {
  const rows = grouped(outcomes, ({ condition, seconds }) => `${condition}/${seconds}`).map((some): ReportRow => {
    const [{ condition, seconds, snr, isMusicKnown }] = some;
    const right = some.filter(({ isRight }) => isRight);
    return {
      condition,
      seconds,
      snr,
      isMusicKnown,
      clips: some.length,
      right: right.length / some.length,
      wrong: share(some, ({ answer, isRight }) => answer !== undefined && !isRight),
      complete: share(some, ({ isComplete }) => isComplete),
      placed: share(right, ({ offsetError }) => offsetError === undefined || offsetError <= PLACED_SECONDS),
      medianConfidence: quantile(
        right.map(({ confidence }) => confidence),
        0.5,
      ),
      medianMs: quantile(
        some.map(({ milliseconds }) => milliseconds),
        0.5,
      ),
    };
  });
  const unknown = outcomes.filter(({ isMusicKnown }) => !isMusicKnown);
  const named = outcomes.filter(({ answer }) => answer !== undefined);
  const tenth = ({ confidence }: Outcome) => Math.min(9, Math.floor(confidence * 10));
  const calibration = grouped(named, tenth)
    .map((some) => ({ from: tenth(some[0]) / 10, answers: some.length, right: share(some, ({ isRight }) => isRight) }))
    .sort((a, b) => a.from - b.from);
  const steps = grouped(outcomes, ({ step }) => step)
    .map((some) => {
      const times = some.map(({ milliseconds }) => milliseconds);
      const [{ step }] = some;
      return { step, clips: some.length, medianMs: quantile(times, 0.5), p95Ms: quantile(times, 0.95) };
    })
    .sort((a, b) => a.step - b.step);
  const falseAlarms = {
    clips: unknown.length,
    named: unknown.filter(({ answer }) => answer !== undefined).length,
  };
  return { rows, falseAlarms, calibration, steps };
}

const percent = (part: number) => (100 * part).toFixed(part > 0 && part < 0.1 ? 1 : 0);

/** The report as aligned columns for a terminal. */
export function tableOf(report: Report): string[] {
  const lines = [
    `${report.made.slice(0, 10)}  entendu ${report.version}  ${report.tracks} tracks, ${report.hours.toFixed(1)} h, ${(report.bytesPerMinute / 1000).toFixed(1)} kB a minute`,
    '',
    `${'condition'.padEnd(24)}${['s', 'clips', 'right', 'wrong', 'place', 'ms'].map((name) => name.padStart(7)).join('')}`,
  ];
  for (const row of report.rows) {
    const shares = row.isMusicKnown
      ? [percent(row.right), percent(row.wrong), percent(row.placed)]
      : ['', percent(row.wrong), ''];
    const cells = [row.seconds, row.clips, ...shares, row.medianMs.toFixed(0)];
    lines.push(row.condition.padEnd(24) + cells.map((cell) => `${cell}`.padStart(7)).join(''));
  }
  const { clips, named } = report.falseAlarms;
  lines.push('', `false alarms: ${named} of ${clips}${clips ? ` (${percent(named / clips)} %)` : ''}`);
  const tenths = report.calibration.map(
    ({ from, answers, right }) => `${from.toFixed(1)}: ${percent(right)} % of ${answers}`,
  );
  lines.push(`right by stated confidence: ${tenths.join('   ')}`);
  const steps = report.steps.map(
    ({ step, clips: some, medianMs, p95Ms }) =>
      `${step}: ${some} clips, ${medianMs.toFixed(0)} ms (p95 ${p95Ms.toFixed(0)})`,
  );
  lines.push(`by step of the search: ${steps.join('   ')}`);
  return lines;
}
