/**
 * The two compressions with four bits a sample that old WAV files have. Each code is a step away from the value predicted by
 * the samples before; the step size adapts to the sound. Each block begins with whole samples.
 */

/** Decodes one block into `channels`, from frame `start` on. Blocks have a fixed number of frames: see `framesIn...`. */
export type BlockDecoder = (block: DataView, channels: Float32Array[], start: number) => void;

/** Microsoft: prediction from the two samples before, in 1/256, and how each code scales the next step. */
const PREDICTIONS = [
  [256, 0],
  [512, -256],
  [0, 0],
  [192, 64],
  [240, 0],
  [460, -208],
  [392, -232],
];
const GROWTH = [230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230];
const LEAST_STEP = 16;

/** IMA: the step sizes, and how each code moves the index into them. */
const STEPS = [
  7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118,
  130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060,
  1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484,
  7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
];
const MOVES = [-1, -1, -1, -1, 2, 4, 6, 8];

const FULL_SCALE = 0x8000;
const clamp = (value: number) => Math.max(-0x8000, Math.min(0x7fff, value));

export const framesInMicrosoft = (blockBytes: number, channelCount: number) =>
  2 + Math.floor(((blockBytes - 7 * channelCount) * 2) / channelCount);

export const microsoft: BlockDecoder = (block, channels, start) => {
  const count = channels.length;
  const frames = framesInMicrosoft(block.byteLength, count);
  channels.forEach((channel, c) => {
    const [first, second] = PREDICTIONS[block.getUint8(c) % PREDICTIONS.length];
    let step = block.getInt16(count + 2 * c, true);
    let last = block.getInt16(3 * count + 2 * c, true);
    let before = block.getInt16(5 * count + 2 * c, true);
    channel[start] = before / FULL_SCALE;
    channel[start + 1] = last / FULL_SCALE;
    for (let frame = 2, nibble = c; frame < frames; frame++, nibble += count) {
      const byte = block.getUint8(7 * count + (nibble >> 1));
      const code = nibble & 1 ? byte & 15 : byte >> 4;
      const sample = clamp(((last * first + before * second) >> 8) + (code < 8 ? code : code - 16) * step);
      channel[start + frame] = sample / FULL_SCALE;
      before = last;
      last = sample;
      step = Math.max(LEAST_STEP, (GROWTH[code] * step) >> 8);
    }
  });
};

export const framesInIma = (blockBytes: number, channelCount: number) =>
  1 + 8 * Math.floor((blockBytes - 4 * channelCount) / (4 * channelCount));

export const ima: BlockDecoder = (block, channels, start) => {
  const count = channels.length;
  const frames = framesInIma(block.byteLength, count);
  channels.forEach((channel, c) => {
    let sample = block.getInt16(4 * c, true);
    let index = Math.min(STEPS.length - 1, block.getUint8(4 * c + 2));
    channel[start] = sample / FULL_SCALE;
    for (let frame = 1; frame < frames; frame++) {
      // The channels take turns, eight samples (four bytes) each.
      const turn = (frame - 1) >> 3;
      const nibble = (frame - 1) & 7;
      const byte = block.getUint8(4 * (count + turn * count + c) + (nibble >> 1));
      const code = nibble & 1 ? byte >> 4 : byte & 15;
      const step = STEPS[index];
      const size = (step >> 3) + (code & 4 ? step : 0) + (code & 2 ? step >> 1 : 0) + (code & 1 ? step >> 2 : 0);
      sample = clamp(code & 8 ? sample - size : sample + size);
      channel[start + frame] = sample / FULL_SCALE;
      index = Math.max(0, Math.min(STEPS.length - 1, index + MOVES[code & 7]));
    }
  });
};
