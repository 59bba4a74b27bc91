/** Writes a report as a self-contained HTML page: its table, and plots as SVG. */
import type { Report, ReportRow } from './report.ts';

const WIDTH = 460;
const HEIGHT = 240;
const LEFT = 44;
const BOTTOM = 34;
const colours = ['#2563eb', '#db2777', '#16a34a', '#ea580c', '#7c3aed', '#0891b2', '#a16207'];

interface PlotLine {
  name: string;
  points: [x: number, y: number][];
}

export function pageOf(report: Report): string {
  const plain = report.rows.filter((row) => row.isMusicKnown && row.snr === undefined);
  const bySnr = linesOf(
    report.rows.filter((row) => row.snr !== undefined),
    ({ condition, seconds }) => `${condition.split(' ')[0]}, ${seconds} s`,
    ({ snr }) => snr!,
    ({ right }) => 100 * right,
  );
  const calibration: PlotLine[] = [
    { name: 'answers', points: report.calibration.map(({ from, right }) => [100 * from + 5, 100 * right]) },
    {
      name: 'as stated',
      points: [
        [0, 0],
        [100, 100],
      ],
    },
  ];
  const steps = report.steps.map(({ step, clips, medianMs, p95Ms }) =>
    [step, clips, medianMs.toFixed(0), p95Ms.toFixed(0)].map((cell) => `<td>${cell}</td>`).join(''),
  );
  const { clips, named } = report.falseAlarms;
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Accuracy</title>
<meta name="viewport" content="width=device-width">
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 980px; margin: 2rem auto; padding: 0 1rem; color: #1c1917; background: #fff }
table { border-collapse: collapse; font-variant-numeric: tabular-nums } td, th { padding: .15rem .8rem; text-align: right }
td:first-child, th:first-child { text-align: left } tr:nth-child(even) { background: #f5f5f4 }
.plots { display: flex; flex-wrap: wrap; gap: 1rem } figure { margin: 0 } figcaption { font-weight: 600 } text { font-size: 11px }
</style>
<h1>How well music is recognised</h1>
<p>${escaped(report.made.slice(0, 10))}, entendu ${escaped(report.version)}: ${report.tracks} tracks, ${report.hours.toFixed(1)} hours, ${(report.bytesPerMinute / 1000).toFixed(1)} kB a minute of music. False alarms: ${named} of ${clips} clips of music that was not learnt, noise and talk.</p>
<div class="plots">
${plot(
  'Right, by seconds heard',
  'seconds',
  bySeconds(plain, ({ right }) => 100 * right),
)}
${plot(
  'Place right within 0.2 s, by seconds heard',
  'seconds',
  bySeconds(plain, ({ placed }) => 100 * placed),
)}
${plot(
  'Median confidence of right answers, by seconds heard',
  'seconds',
  bySeconds(plain, ({ medianConfidence }) => 100 * medianConfidence),
)}
${plot('Right, by music to noise', 'dB', bySnr)}
${plot('Right, by stated confidence', '% stated', calibration)}
${plot(
  'Time, by seconds heard',
  'seconds',
  bySeconds(
    report.rows.filter(({ snr }) => snr === undefined),
    ({ medianMs }) => medianMs,
  ),
  'ms',
)}
</div>
<h2>All conditions</h2>
<table><tr><th>condition<th>seconds<th>clips<th>right %<th>wrong %<th>all named %<th>place right %<th>median ms</tr>
${report.rows.map(tableRow).join('\n')}
</table>
<h2>Effort</h2>
<table><tr><th>step of the search<th>clips<th>median ms<th>p95 ms</tr>
${steps.map((cells) => `<tr>${cells}</tr>`).join('\n')}
</table>
</html>
`;
}

type Value = (row: ReportRow) => number;

const bySeconds = (rows: ReportRow[], y: Value) =>
  linesOf(
    rows,
    ({ condition }) => condition,
    ({ seconds }) => seconds,
    y,
  );

function linesOf(rows: ReportRow[], nameOf: (row: ReportRow) => string, x: Value, y: Value): PlotLine[] {
  const lines = new Map<string, PlotLine>();
  for (const row of rows) {
    const name = nameOf(row);
    const line = lines.get(name) ?? { name, points: [] };
    line.points.push([x(row), y(row)]);
    lines.set(name, line);
  }
  return [...lines.values()].filter(({ points }) => points.length > 1);
}

const tableRow = (row: ReportRow) =>
  `<tr><td>${escaped(row.condition)}${[
    row.seconds,
    row.clips,
    row.isMusicKnown ? (100 * row.right).toFixed(1) : '',
    (100 * row.wrong).toFixed(1),
    row.isMusicKnown ? (100 * row.complete).toFixed(1) : '',
    row.isMusicKnown ? (100 * row.placed).toFixed(1) : '',
    row.medianMs.toFixed(0),
  ]
    .map((cell) => `<td>${cell}`)
    .join('')}</tr>`;

function plot(title: string, unit: string, lines: PlotLine[], yUnit = '%'): string {
  if (lines.length === 0) return '';
  const xs = lines.flatMap(({ points }) => points.map(([x]) => x));
  const ys = lines.flatMap(({ points }) => points.map(([, y]) => y));
  const least = Math.min(...xs);
  const span = Math.max(...xs) - least || 1;
  const top = yUnit === '%' ? 100 : Math.max(...ys, 1);
  const x = (value: number) => LEFT + ((value - least) / span) * (WIDTH - LEFT - 12);
  const y = (value: number) => 10 + (1 - value / top) * (HEIGHT - BOTTOM - 10);
  const ticks = [...new Set(xs)].sort((a, b) => a - b);
  const marks = ticks.map(
    (tick) => `<text x="${x(tick)}" y="${HEIGHT - BOTTOM + 14}" text-anchor="middle">${tick}</text>`,
  );
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (part) =>
      `<line x1="${LEFT}" x2="${WIDTH - 12}" y1="${y(part * top)}" y2="${y(part * top)}" stroke="#d6d3d1"/><text x="${LEFT - 6}" y="${y(part * top) + 4}" text-anchor="end">${Math.round(part * top)}</text>`,
  );
  const drawn = lines.map(({ points }, i) => {
    const path = [...points].sort((a, b) => a[0] - b[0]).map(([px, py]) => `${x(px).toFixed(1)},${y(py).toFixed(1)}`);
    const colour = colours[i % colours.length];
    const dots = path.map((point) => `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="2.5"/>`);
    return `<g fill="${colour}"><polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}</g>`;
  });
  const legend = lines.map(
    ({ name }, i) => `<span style="color:${colours[i % colours.length]}">&#9632;</span> ${escaped(name)}`,
  );
  return `<figure><figcaption>${escaped(title)}</figcaption><svg width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(title)}">${grid.join('')}${marks.join('')}<text x="${WIDTH - 12}" y="${HEIGHT - 4}" text-anchor="end">${escaped(unit)}</text><text x="4" y="10">${yUnit}</text>${drawn.join('')}</svg><div style="width:${WIDTH}px">${legend.join(' &nbsp; ')}</div></figure>`;
}

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
