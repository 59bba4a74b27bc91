/** What a benchmark hands back: one small table that says where and when it was measured. */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

export interface Row {
  what: string;
  /** Already rounded for reading. */
  value: number | string;
  unit: string;
  /** What it is compared with, or what it must reach. */
  note?: string;
}

export interface Table {
  title: string;
  rows: Row[];
}

export interface Measured extends Table {
  date: string;
  machine: string;
  versions: Record<string, string>;
}

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

/** Adds date, machine and the versions of Node and of the packages named. */
export function measured(table: Table, packages: string[] = []): Measured {
  const { model } = cpus()[0];
  return {
    ...table,
    date: new Date().toISOString().slice(0, 10),
    machine: `${model}, ${cpus().length} cores, ${process.platform} ${process.arch}`,
    versions: { node: process.version, ...Object.fromEntries(packages.map((name) => [name, versionOf(name)])) },
  };
}

export function print(table: Measured): void {
  const versions = Object.entries(table.versions).map(([name, version]) => `${name} ${version}`);
  console.log(`\n${table.title}\n${table.date}, ${table.machine}\n${versions.join(', ')}\n`);
  const width = Math.max(...table.rows.map((row) => row.what.length));
  for (const { what, value, unit, note } of table.rows)
    console.log(`  ${what.padEnd(width)}  ${String(value).padStart(10)} ${unit.padEnd(10)} ${note ?? ''}`.trimEnd());
}

/** Rounds to so many significant digits. */
export function rounded(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}
