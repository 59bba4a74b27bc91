/** A picture of an answer, to send or to keep: the stars by which the song was recognised, its cover and its name. */
import { BIN_COUNT, FIRST_BIN } from '../../../kernel/format.ts';
import type { Rgb } from '../picture/colour-scale.ts';
import { currentPalette } from '../picture/palette.ts';
import { nearest, type Star } from '../picture/stars.ts';

interface Card {
  title: string;
  /** Below the title: artist, album, place and how sure; each a line. */
  lines: string[];
  /** In the corner. */
  foot: string;
  cover?: Blob;
  stars: Star[];
}

const WIDTH = 1080;
const HEIGHT = 1350;
const MARGIN = 84;
/** The stars fill the picture down to here. */
const SKY = 760;

export async function pictureOf(card: Card): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });
  const pen = canvas.getContext('2d')!;
  const { ground, accent, paper } = currentPalette();
  pen.fillStyle = css(ground);
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  drawStars(pen, card.stars, accent);
  const image = card.cover && (await createImageBitmap(card.cover).catch(() => undefined));
  if (image) drawCover(pen, image);
  drawWords(pen, card, paper, Boolean(image));
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))), 'image/png'),
  );
}

function drawStars(pen: CanvasRenderingContext2D, stars: Star[], colour: Rgb): void {
  if (!stars.length) return;
  const frames = stars.map(({ frame }) => frame);
  const first = Math.min(...frames);
  const span = Math.max(1, Math.max(...frames) - first);
  const at = ({ frame, bin }: Star) =>
    [
      MARGIN + ((frame - first) / span) * (WIDTH - 2 * MARGIN),
      SKY - ((bin - FIRST_BIN) / BIN_COUNT) * (SKY - MARGIN),
    ] as const;
  pen.strokeStyle = css(colour, 0.6);
  pen.lineWidth = 3;
  pen.beginPath();
  for (const star of stars) {
    const next = nearest(star, stars);
    if (!next) continue;
    pen.moveTo(...at(star));
    pen.lineTo(...at(next));
  }
  pen.stroke();
  pen.fillStyle = css(colour);
  for (const star of stars) {
    pen.beginPath();
    pen.arc(...at(star), 7, 0, 2 * Math.PI);
    pen.fill();
  }
}

const COVER = 220;

function drawCover(pen: CanvasRenderingContext2D, image: ImageBitmap): void {
  const x = isRightToLeft() ? WIDTH - MARGIN - COVER : MARGIN;
  pen.save();
  pen.beginPath();
  pen.roundRect(x, SKY + 30 - COVER / 2, COVER, COVER, 24);
  pen.clip();
  pen.drawImage(image, x, SKY + 30 - COVER / 2, COVER, COVER);
  pen.restore();
}

function drawWords(pen: CanvasRenderingContext2D, { title, lines, foot }: Card, colour: Rgb, hasCover: boolean): void {
  const x = isRightToLeft() ? WIDTH - MARGIN : MARGIN;
  pen.direction = isRightToLeft() ? 'rtl' : 'ltr';
  pen.textAlign = 'start';
  pen.fillStyle = css(colour);
  let y = SKY + (hasCover ? 230 : 100);
  pen.font = '800 72px system-ui, sans-serif';
  for (const line of wrapped(pen, title, 2)) {
    pen.fillText(line, x, y);
    y += 82;
  }
  pen.font = '500 40px system-ui, sans-serif';
  pen.fillStyle = css(colour, 0.75);
  for (const line of lines) {
    pen.fillText(wrapped(pen, line, 1)[0], x, y);
    y += 56;
  }
  pen.fillText(foot, x, HEIGHT - MARGIN / 2);
}

/** Broken into lines; what does not fit ends with dots. */
function wrapped(pen: CanvasRenderingContext2D, text: string, most: number): string[] {
  const room = WIDTH - 2 * MARGIN;
  const lines = [''];
  for (const word of text.split(/(?<=\s)/)) {
    const longer = lines[lines.length - 1] + word;
    if (pen.measureText(longer).width <= room || !lines[lines.length - 1]) lines[lines.length - 1] = longer;
    else if (lines.length < most) lines.push(word);
    else {
      lines[lines.length - 1] = longer;
      break;
    }
  }
  return lines.map((line) => shortened(pen, line.trimEnd(), room));
}

function shortened(pen: CanvasRenderingContext2D, line: string, room: number): string {
  if (pen.measureText(line).width <= room) return line;
  const letters = [...line];
  while (letters.length && pen.measureText(`${letters.join('')}…`).width > room) letters.pop();
  return `${letters.join('')}…`;
}

const isRightToLeft = () => document.documentElement.dir === 'rtl';
const css = ([r, g, b]: Rgb, alpha = 1) => `rgb(${r} ${g} ${b} / ${alpha})`;
