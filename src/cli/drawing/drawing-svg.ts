/** Writes a drawing as an SVG: the spectrogram as an embedded picture, dots, rings and labels as shapes. */
import { type Drawing, INK, type Mark } from './drawing.ts';
import { encodePng } from './png.ts';

const hex = (rgb: number[]) => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
const escaped = (words: string) => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** One path for all marks of a kind. Each mark is a line of length 0 with round ends, which is drawn as a dot. */
const dots = (marks: Mark[]) => marks.map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join('');

const rings = (marks: Mark[]) =>
  marks.map(({ x, y }) => `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="5"/>`).join('');

export function toSvg({ width, height, image, marks, labels }: Drawing, title: string): string {
  const ticks = labels.map(({ x, y, words, side }) =>
    side === 'left'
      ? `<text x="${x - 8}" y="${(y + 4).toFixed(1)}" text-anchor="end">${words}</text>`
      : `<text x="${x.toFixed(1)}" y="${y + 18}" text-anchor="middle">${words}</text>`,
  );
  const kind = (wanted: Mark['kind']) => marks.filter((mark) => mark.kind === wanted);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" fill="${hex(INK.ground)}"/>
<image x="${image.x}" y="${image.y}" width="${image.width}" height="${image.height}" href="data:image/png;base64,${encodePng(image).toString('base64')}"/>
<path d="${dots(kind('peak'))}" fill="none" stroke="${hex(INK.paper)}" stroke-width="3" stroke-linecap="round"/>
<g fill="none" stroke="${hex(INK.accent)}" stroke-width="1.5">${rings(kind('met'))}</g>
<g fill="${hex(INK.paper)}" font-family="system-ui, sans-serif" font-size="12">${ticks.join('')}</g>
</svg>
`;
}
