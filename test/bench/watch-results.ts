/** What was heard of the stations, compared with what they sent, and what it cost. */
import type { Play } from '../../src/server/watch/station-play.ts';
import { commonOrder } from './common-order.ts';
import type { ProcessUsage } from './process-usage.ts';
import { quantile } from './quantile.ts';
import { type Row, rounded } from './table.ts';
import { RATE, type Song } from './watch-material.ts';
import type { Transmitter } from './watch-transmitter.ts';

export interface Heard {
  radio: Transmitter;
  plays: Play[];
  /** How many connections were lost. */
  lost: number;
  usage: ProcessUsage;
  /** Seconds by the clock. */
  wall: number;
  /** Memory in MB after each simulated hour of all stations. */
  hours: number[];
}

/** Plays against what was sent, in their order. */
function counted({ radio, plays }: Heard) {
  let sent = 0;
  let met = 0;
  let told = 0;
  for (const { name, played } of radio.sent()) {
    const heard = plays.filter(({ station }) => station === name).map(({ track }) => track.title);
    sent += played.length;
    told += heard.length;
    met += commonOrder(
      played.map(({ title }) => title),
      heard,
    );
  }
  return { sent, missed: sent - met, invented: told - met };
}

/** Songs that a station told more often, or less often, than it sent them. */
function differences({ radio, plays }: Heard) {
  const more: string[] = [];
  const less: string[] = [];
  for (const { name, played } of radio.sent()) {
    const surplus = new Map<string, number>();
    const count = (title: string, by: number) => surplus.set(title, (surplus.get(title) ?? 0) + by);
    for (const { title } of played) count(title, -1);
    for (const { station, track } of plays) if (station === name) count(track.title, 1);
    for (const [title, by] of surplus) if (by !== 0) (by > 0 ? more : less).push(`${name}: ${title}`);
  }
  return { more, less };
}

export function found(heard: Heard): Row[] {
  const { sent, missed, invented } = counted(heard);
  const lengths = new Map(
    heard.radio
      .sent()
      .flatMap(({ played }) => played.map(({ title, samples }: Song) => [title, samples.length / RATE])),
  );
  const known = heard.plays.flatMap((play) => {
    const length = lengths.get(play.track.title);
    return length === undefined ? [] : [{ ...play, length }];
  });
  const early = known.map(({ trackSeconds }) => Math.abs(trackSeconds));
  const late = known.map(({ trackSeconds, seconds, speed, length }) =>
    Math.abs(trackSeconds + seconds * speed - length),
  );
  const edges = (errors: number[]) => {
    const sorted = errors.sort((a, b) => a - b);
    return `${rounded(quantile(sorted, 0.5), 2)}, ${rounded(quantile(sorted, 0.95), 2)}`;
  };
  const { more, less } = differences(heard);
  return [
    { what: 'plays sent', value: sent, unit: '' },
    { what: 'not found', value: missed, unit: '', note: `must be 0; ${less.join(', ') || 'none'}` },
    { what: 'invented', value: invented, unit: '', note: `must be 0; ${more.join(', ') || 'none'}` },
    { what: 'error of beginnings, median and p95', value: edges(early), unit: 's' },
    { what: 'error of ends, median and p95', value: edges(late), unit: 's' },
  ];
}

/** A line about the hour that has passed, once; the plays of the last minutes are not told yet. */
export function hourLine(heard: Heard): string | undefined {
  const { radio, usage, wall, hours } = heard;
  const [least, most] = radio.spread();
  if (least < 3600 * (hours.length + 1)) return undefined;
  hours.push(usage.memory().at(-1) ?? 0);
  const { sent, missed, invented } = counted(heard);
  const seconds = radio.secondsSent();
  return [
    `hour ${hours.length} after ${Math.round(wall)} s: ${sent} plays sent, ${missed} not found or not yet told, ${invented} invented`,
    `${Math.round(hours.at(-1) ?? 0)} MB (${Math.round(usage.fileMegabytes)} MB of mapped files), ${rounded((usage.ownSeconds() + usage.childSeconds()) / seconds)} cores a stream with its ffmpeg`,
    `stations at ${rounded(least / 3600)} to ${rounded(most / 3600)} h`,
  ].join('; ');
}

export function costs({ radio, usage, wall, lost, hours }: Heard): Row[] {
  const seconds = radio.secondsSent();
  const memory = usage.memory();
  const quarter = Math.max(1, Math.floor(memory.length / 4));
  const mean = (part: readonly number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  // The first tenth fills caches.
  const steady = memory.slice(Math.floor(memory.length / 10));
  const [first, last] = [mean(steady.slice(0, quarter)), mean(steady.slice(-quarter))];
  return [
    { what: 'hours of sound', value: rounded(seconds / 3600), unit: 'h' },
    { what: 'times faster than real, all streams together', value: rounded(seconds / wall), unit: 'x' },
    {
      what: 'cores a stream takes when it is live, watch itself',
      value: rounded(usage.ownSeconds() / seconds),
      unit: 'cores',
    },
    {
      what: 'cores a stream takes when it is live, its ffmpeg',
      value: rounded(usage.childSeconds() / seconds),
      unit: 'cores',
    },
    { what: 'memory, first quarter', value: rounded(first), unit: 'MB' },
    {
      what: 'memory, last quarter',
      value: rounded(last),
      unit: 'MB',
      note: `${rounded(100 * (last / first - 1))} % more; within 10`,
    },
    { what: 'memory by hour', value: hours.map(Math.round).join(' '), unit: 'MB' },
    { what: 'connections lost and made again', value: lost, unit: '' },
  ];
}
