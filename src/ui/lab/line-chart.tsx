import type { JSX } from 'preact';

interface ChartLine {
  name: string;
  points: [x: number, y: number][];
}

interface Props {
  title: string;
  lines: ChartLine[];
  xText: (x: number) => string;
  yText: (y: number) => string;
  /** The top of the chart; the bottom is 0. */
  most: number;
  /** The current setting. */
  now?: number;
}

const WIDTH = 100;
const HEIGHT = 50;

/** A small chart of lines, told apart by their dashes as well; a table for those who do not see it. */
export function LineChart({ title, lines, xText, yText, most, now }: Props): JSX.Element {
  const xs = [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const [first, last] = [xs[0] ?? 0, xs[xs.length - 1] ?? 1];
  const x = (value: number) => ((value - first) / (last - first || 1)) * WIDTH;
  const y = (value: number) => HEIGHT * (1 - Math.min(1, value / most));
  return (
    <figure class="chart lab-chart lab-curve">
      <figcaption>{title}</figcaption>
      <ul class="lab-legend" aria-hidden="true">
        {lines.map(({ name }, i) => (
          <li key={name}>
            <svg viewBox="0 0 24 4" aria-hidden="true">
              <path data-line={i} d="M0 2h24" />
            </svg>
            <span dir="auto">{name}</span>
          </li>
        ))}
      </ul>
      <div class="lab-plot" dir="ltr" aria-hidden="true">
        <p class="number">
          <span>{yText(most)}</span>
          <span>{yText(0)}</span>
        </p>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <path class="lab-grid" d={`M0 0h${WIDTH}M0 ${HEIGHT / 2}h${WIDTH}`} />
          {now !== undefined && now >= first && now <= last && <path class="lab-now" d={`M${x(now)} 0v${HEIGHT}`} />}
          {lines.map(({ name, points }, i) => (
            <g key={name}>
              <path data-line={i} d={points.map(([px, py], n) => `${n ? 'L' : 'M'}${x(px)} ${y(py)}`).join('')} />
              <path data-dots={i} d={points.map(([px, py]) => `M${x(px)} ${y(py)}h0`).join('')} />
            </g>
          ))}
        </svg>
        <p class="chart-ends number">
          <span>{xText(first)}</span>
          <span>{xText(last)}</span>
        </p>
      </div>
      <div class="unseen">
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              <td />
              {lines.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {xs.map((value) => (
              <tr key={value}>
                <th scope="row">{xText(value)}</th>
                {lines.map(({ name, points }) => {
                  const point = points.find(([px]) => px === value);
                  return <td key={name}>{point ? yText(point[1]) : ''}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
