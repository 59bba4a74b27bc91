/** Comma-separated values (RFC 4180), for programs and for spreadsheets. */
export type Cell = string | number | undefined;

/**
 * A spreadsheet takes a text that begins like this for a formula, and runs it. Titles come from strangers. The signs have
 * full-width forms, which some spreadsheets read alike; what cannot be seen before them does not count.
 */
const FORMULA = /^[\t\r\n]|^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

export function csvOf(header: string[], rows: Cell[][]): string {
  return [header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: Cell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
