/** WAV and AIFF files made from nothing, in shapes that no program writes. */
import { bytesOf, chunk, riff } from '../../support/wav.ts';
import type { Input } from '../attack.ts';

const CHANNELS = [0, 1, 2, 3, 6, 63, 64, 65, 255, 256, 32_767, 65_535];
const RATES = [0, 1, 2, 100, 7_999, 8_000, 8_001, 44_100, 192_000, 192_001, 2 ** 24, 2 ** 24 + 1, 2 ** 31, 2 ** 32 - 1];
const BITS = [0, 1, 2, 3, 4, 7, 8, 9, 12, 16, 20, 24, 31, 32, 33, 64, 65, 255, 65_535];
const TAGS = [0, 1, 2, 3, 5, 6, 7, 0x11, 0x50, 0x55, 0x161, 0x2000, 0xfffe, 0xffff];
const LENGTHS = [0, 1, 2, 7, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 2, 2 ** 32 - 1];
const MOST_SOUND = 400_000;

export function forged(input: Input): { name: string; bytes: Uint8Array } {
  return input.once(3) ? { name: 'forged.aiff', bytes: aiff(input) } : { name: 'forged.wav', bytes: wav(input) };
}

/** Usually something sane, so that not every file is refused at its first number. */
const absurd = (input: Input, choices: readonly number[], usual: number) =>
  input.once(2) ? input.pick(choices) : usual;

function sound(input: Input): Uint8Array {
  const bytes = new Uint8Array(input.pick([0, 1, 3, 100, 20_000, MOST_SOUND, input.below(MOST_SOUND)]));
  if (!input.once(6)) for (let i = 0; i < bytes.length; i++) bytes[i] = 256 * input.draw();
  return bytes;
}

/** A chunk that claims another length than it has, now and then. */
function claiming(input: Input, bytes: Uint8Array): Uint8Array {
  if (input.once(4)) new DataView(bytes.buffer).setUint32(4, input.pick(LENGTHS), input.once(2));
  return bytes;
}

function format(input: Input): Uint8Array {
  const tag = absurd(input, TAGS, 1);
  const [channels, rate] = [absurd(input, CHANNELS, 1), absurd(input, RATES, 22_050)];
  const bits = tag === 2 || tag === 0x11 ? absurd(input, BITS, 4) : absurd(input, BITS, 16);
  const frameBytes = input.once(2) ? (channels * bits) >> 3 : input.pick([0, 1, 2, 3, 4, 7, 8, 36, 256, 1024, 65_535]);
  input.note(`fmt: tag ${tag}, ${channels} channels, ${rate} Hz, ${frameBytes} bytes a frame, ${bits} bits`);
  const view = new DataView(new ArrayBuffer(input.pick([0, 2, 14, 16, 18, 20, 24, 26, 40, 2000])));
  const put = (at: number, value: number) => at + 2 <= view.byteLength && view.setUint16(at, value, true);
  put(0, tag);
  put(2, channels);
  put(4, rate & 0xffff);
  put(6, rate >>> 16);
  put(12, frameBytes);
  put(14, bits);
  put(16, input.pick([0, 22, 2, 65_535]));
  put(18, input.pick([0, bits, 505, 65_535]));
  put(24, input.pick(TAGS));
  return claiming(input, chunk('fmt ', new Uint8Array(view.buffer)));
}

function wav(input: Input): Uint8Array {
  const parts: (() => Uint8Array)[] = [
    () => format(input),
    () => claiming(input, chunk('data', sound(input))),
    () => claiming(input, chunk('LIST', bytesOf('INFO'), ...texts(input))),
    () => claiming(input, chunk('ds64', sizes(input))),
    () => riff(chunk('data', sound(input))),
    () => chunk(String.fromCharCode(...Array.from({ length: 4 }, () => input.below(256))), sound(input).slice(0, 99)),
  ];
  const chunks = [parts[0](), parts[1]()];
  for (let more = input.below(4); more > 0; more--) chunks.splice(input.below(3), 0, input.pick(parts)());
  if (input.once(20)) chunks.unshift(new Uint8Array(8 * 20_000)); // twenty thousand chunks of nothing
  const bytes = riff(...chunks);
  bytes.set(bytesOf(input.pick(['RIFF', 'RIFF', 'RF64', 'BW64'])));
  return claiming(input, bytes);
}

const texts = (input: Input) =>
  ['INAM', 'IART', 'ITRK', 'ICRD'].map((name) =>
    claiming(
      input,
      chunk(name, bytesOf(input.pick(['', '\0', '\u00ff\u00fe', 'x'.repeat(9000), '\u001b[2J\n', '-1']))),
    ),
  );

function sizes(input: Input): Uint8Array {
  const view = new DataView(new ArrayBuffer(input.pick([0, 8, 15, 16, 24, 28])));
  for (let at = 0; at + 8 <= view.byteLength; at += 8)
    view.setBigUint64(at, input.pick([0n, 1n, 1000n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]), true);
  return new Uint8Array(view.buffer);
}

/** Chunks as AIFF has them: lengths with the most significant byte first. */
function bigChunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = chunk(name, content);
  new DataView(bytes.buffer).setUint32(4, content.length);
  return bytes;
}

function aiff(input: Input): Uint8Array {
  const common = new DataView(new ArrayBuffer(input.pick([18, 18, 22, 24, 0, 17])));
  const put = (at: number, value: number) => at + 2 <= common.byteLength && common.setUint16(at, value);
  const [channels, bits] = [absurd(input, CHANNELS, 1), absurd(input, BITS, 16)];
  // 80 bits of a float: exponent and mantissa, among them infinity, no number, negative and very small ones.
  const exponent = absurd(
    input,
    [0, 1, 0x3fff, 0x4017, 0x4018, 0x401e, 0x7ffe, 0x7fff, 0x8000, 0xc00d, 0xffff],
    0x400d,
  );
  const mantissa = absurd(input, [0, 0x8000, 0xffff, 1], 0xac44);
  input.note(`COMM: ${channels} channels, ${bits} bits, exponent ${exponent}, mantissa ${mantissa}`);
  put(0, channels);
  put(2, input.pick([0, 1, 65_535]));
  put(6, bits);
  put(8, exponent);
  put(10, mantissa);
  const compression = input.pick(['NONE', 'sowt', 'fl32', 'FL64', 'ulaw', 'ALAW', 'in24', 'ima4', '\0\0\0\0']);
  if (common.byteLength >= 22) new Uint8Array(common.buffer).set(bytesOf(compression), 18);
  const start = new DataView(new ArrayBuffer(8));
  start.setUint32(0, absurd(input, LENGTHS, 0));
  start.setUint32(4, absurd(input, LENGTHS, 0));
  const data = Uint8Array.from([...new Uint8Array(start.buffer), ...sound(input)]);
  const chunks = [bigChunk('COMM', new Uint8Array(common.buffer)), bigChunk('SSND', data)];
  if (input.once(3)) chunks.reverse();
  if (input.once(3)) chunks.push(bigChunk('NAME', bytesOf('x'.repeat(input.pick([0, 1, 90_000])))));
  const content = chunks.map((one) => claiming(input, one));
  return bigChunk(
    'FORM',
    Uint8Array.from([...bytesOf(input.pick(['AIFF', 'AIFC'])), ...content.flatMap((c) => [...c])]),
  );
}
