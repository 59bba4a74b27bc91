/** Updates the reports of days and weeks in the folder of plays. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOf, type PlaysLog } from './plays-log.ts';
import { countPlays, reportCsv, reportHtml } from './reports.ts';
import type { Play } from './station-play.ts';

const DAY_MS = 86_400_000;

/** The week (Monday to Sunday) of a day, and its ISO 8601 number. */
export function weekOf(day: string): { name: string; from: string; until: string } {
  const at = Date.parse(`${day}T00:00:00Z`);
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_MS;
  const thursday = new Date(monday + 3 * DAY_MS);
  const year = thursday.getUTCFullYear();
  const number = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  const iso = (ms: number) => dayOf(new Date(ms).toISOString());
  return { name: `${year}-W${String(number).padStart(2, '0')}`, from: iso(monday), until: iso(monday + 6 * DAY_MS) };
}

export class ReportFiles {
  private readonly changed = new Set<string>();

  constructor(private readonly log: PlaysLog) {}

  note({ began }: Play): void {
    this.changed.add(dayOf(began));
  }

  /** Writes the reports of all days with new plays, and of their weeks. */
  write(): void {
    const days = [...this.changed];
    this.changed.clear();
    for (const day of days) this.report(day, this.log.playsOf(day));
    for (const { name, from, until } of new Map(days.map((day) => [weekOf(day).name, weekOf(day)])).values())
      this.report(name, this.log.plays(from, until));
  }

  private report(name: string, plays: Play[]): void {
    const rows = countPlays(plays);
    this.replace(`report-${name}.csv`, reportCsv(rows));
    this.replace(`report-${name}.html`, reportHtml(name, rows));
  }

  /** Atomic: readers see either the old or the new file. (`writeNewFile` is for commands that a signal interrupts.) */
  private replace(name: string, content: string): void {
    const path = join(this.log.folder, name);
    writeFileSync(`${path}.part`, content);
    renameSync(`${path}.part`, path);
  }
}
