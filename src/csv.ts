/** Comma-separated values (RFC 4180), for programs and spreadsheets. */
export type CsvValue = string | number | undefined;

/**
 * Spreadsheets run a text that begins like this as a formula, and titles may come from strangers. Some spreadsheets also accept the
 * full-width forms of these characters, and skip invisible characters before them.
 */
const FORMULA = /^[\t\r\n]|^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

export function csvOf(header: string[], rows: CsvValue[][]): string {
  return [header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvValue): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
