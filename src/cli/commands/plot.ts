import { basename, extname } from 'node:path';
import { UserError } from '../../errors.ts';
import { kernelBytes } from '../../kernel/bytes.node.ts';
import {
  BIN_COUNT,
  FIRST_BIN,
  FRAMES_PER_SECOND,
  KERNEL_RATE,
  MAP_ZERO,
  PRINT_RANK,
  WINDOW_SAMPLES,
} from '../../kernel/format.ts';
import { compileKernel, KernelStream } from '../../kernel/kernel.ts';
import { openSoundStream } from '../../node/decode/open-file.ts';
import { openLibrary } from '../../node/package.ts';
import { interruptible } from '../../node/system/interrupt.ts';
import { writeNewFile } from '../../node/system/new-file.ts';
import { faultOf } from '../../node/system/node-fault.ts';
import type { Match, Pcm } from '../../types.ts';
import { nameOf } from '../answer-text.ts';
import { command, FOUND, NONE } from '../command.ts';
import { draw } from '../drawing/drawing.ts';
import { toSvg } from '../drawing/drawing-svg.ts';
import { flag, number, text, UsageError } from '../options.ts';
import { clock, sureness } from '../words.ts';

const SECONDS = 20;

export const plot = command({
  name: 'plot',
  summary: 'draws the spectrogram of a sound file and its peaks',
  usage: ['FILE -o PICTURE.svg', 'FILE -o PICTURE.svg --match'],
  details: [
    'The horizontal axis is time (minutes and seconds of the file); the vertical axis is frequency (hertz). Brightness is prominence, the height above the surrounding frequencies, by which peaks are chosen. Dots are the peaks that would be stored if the file were learnt.',
    'With --match, the clip is recognised, and rings show the peaks of the track that are visible in it. A ring without a dot is a place too faint to be a peak of the clip, which still counts as evidence.',
  ],
  options: {
    output: text('FILE', 'the SVG file to write; default: the name of the sound file with .svg', 'o'),
    match: flag('recognise the clip and ring the peaks of the track'),
    start: number('SECONDS', 'where to begin; default: the beginning of the file'),
    seconds: number('N', `how much to draw; default ${SECONDS}`, { least: 0.5, most: 3600 }),
  },
  examples: [
    ['entendu plot rain.mp3 -o rain.svg', 'the first twenty seconds'],
    ['entendu plot clip.wav --match -o clip.svg', 'a clip and what was recognised in it'],
  ],
  async run({ values, words: [file, ...rest], terminal }) {
    if (file === undefined || rest.length > 0)
      throw new UsageError('Name one sound file: entendu plot FILE -o PICTURE.svg');
    const { output = `${basename(file, extname(file))}.svg`, start = 0, seconds = SECONDS } = values;
    if (extname(output).toLowerCase() !== '.svg') {
      throw new UsageError(
        `--output needs a file name that ends in .svg, not "${output}". To get a PNG, open the SVG in a browser.`,
      );
    }
    const pcm = await stretch(file, start, seconds, interruptible()).catch((error) => {
      const { name, message } = faultOf(error);
      throw name === 'Unexpected' ? error : new UserError(name, `${file}: ${message}`);
    });
    const match = values.match ? await matchOf(pcm, values.library) : undefined;
    if (values.match) {
      const found =
        match && `${nameOf(match.track)}   at ${clock(match.offsetSeconds, 1)}   ${sureness(match.confidence)}`;
      terminal.note(found ?? 'No match.');
    }
    const drawing = await drawn(pcm, start, match);
    const title = `${basename(file)}${match ? `: ${nameOf(match.track)}` : ''}`;
    await writeNewFile(output, toSvg(drawing, title));
    terminal.print(output);
    return values.match && !match ? NONE : FOUND;
  },
});

async function stretch(file: string, start: number, seconds: number, stop: AbortSignal): Promise<Pcm> {
  const { sampleRate, blocks } = await openSoundStream(file, stop);
  const from = Math.round(start * sampleRate);
  const until = from + Math.round(seconds * sampleRate);
  const parts: Float32Array[] = [];
  let at = 0;
  for await (const block of blocks) {
    parts.push(block.subarray(Math.max(0, from - at), Math.max(0, until - at)));
    at += block.length;
    if (at >= until) break;
  }
  stop.throwIfAborted();
  if (at <= from) throw new UsageError(`"${file}" is only ${clock(at / sampleRate)} long. Choose a smaller --start.`);
  const samples = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const part of parts) {
    samples.set(part, filled);
    filled += part.length;
  }
  return { samples, sampleRate };
}

async function matchOf(pcm: Pcm, folder: string | undefined): Promise<Match | undefined> {
  const library = await openLibrary(folder, { readOnly: true });
  try {
    return (await library.recognize(pcm)).matches[0];
  } finally {
    await library.close();
  }
}

async function drawn({ samples, sampleRate }: Pcm, start: number, match: Match | undefined) {
  const options = { sampleRate, maxRank: PRINT_RANK, map: true };
  const stream = new KernelStream(await compileKernel(kernelBytes()), options);
  stream.push(samples);
  stream.finish();
  const spectrogram = {
    rows: stream.takeRows().rows,
    binCount: BIN_COUNT,
    firstBin: FIRST_BIN,
    zero: MAP_ZERO,
    framesPerSecond: FRAMES_PER_SECOND,
    binHertz: KERNEL_RATE / WINDOW_SAMPLES,
    startSeconds: start + WINDOW_SAMPLES / 2 / KERNEL_RATE,
  };
  return draw(spectrogram, stream.takePeaks(), match?.met);
}
