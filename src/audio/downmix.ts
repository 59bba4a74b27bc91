/**
 * Channels in, mono out. The mean of all channels, unless they cancel each other (with one channel inverted, only silence or
 * reverberation is left): then the loudest channel. This is decided for each window, counted from the start of the sound, so
 * the result does not depend on how the sound is cut into blocks.
 */

/** Frames, about a fifth of a second. */
const WINDOW = 8192;

/** Frames over which one way of mixing fades into the other. */
const CROSSFADE = 512;

/** The power of the mean, relative to what unrelated channels would leave. */
const CANCELLED_BELOW = 0.1;
const SOUND_ABOVE = 0.25;

export class Downmix {
  readonly #window: Float32Array[];
  readonly #powers: Float64Array;
  #filled = 0;
  /** The channel taken instead of the mean. */
  #chosen: number | undefined;

  constructor(channelCount: number) {
    if (!(channelCount >= 1)) throw new RangeError(`channelCount must be at least 1, got ${channelCount}`);
    this.#window = Array.from({ length: channelCount }, () => new Float32Array(WINDOW));
    this.#powers = new Float64Array(channelCount);
  }

  /** Takes `length` frames, an array per channel, and yields the windows that they complete. */
  push(channels: Float32Array[], length: number): Generator<Float32Array<ArrayBuffer>> {
    return this.take(length, (c, into, from) => into.set(channels[c].subarray(from, from + into.length)));
  }

  /** The same, but `copy` writes the frames of channel `c` from number `from` on straight into the window. */
  *take(
    length: number,
    copy: (c: number, into: Float32Array, from: number) => void,
  ): Generator<Float32Array<ArrayBuffer>> {
    for (let start = 0; start < length; ) {
      const count = Math.min(length - start, WINDOW - this.#filled);
      for (let c = 0; c < this.#window.length; c++)
        copy(c, this.#window[c].subarray(this.#filled, this.#filled + count), start);
      this.#filled += count;
      start += count;
      if (this.#filled === WINDOW) yield this.#mix();
    }
  }

  /** The rest, at the end of the sound. */
  *finish(): Generator<Float32Array<ArrayBuffer>> {
    if (this.#filled > 0) yield this.#mix();
  }

  #mix(): Float32Array<ArrayBuffer> {
    const length = this.#filled;
    this.#filled = 0;
    if (this.#window.length === 1) return this.#window[0].slice(0, length);
    const mean = this.#mean(length);
    const before = this.#chosen;
    this.#chosen = this.#choose(mean, length);
    if (before === undefined && this.#chosen === undefined) return mean;
    const from = before === undefined ? mean : this.#window[before];
    const to = this.#chosen === undefined ? mean : this.#window[this.#chosen];
    const mono = to.slice(0, length);
    for (let i = 0; i < Math.min(CROSSFADE, length); i++) mono[i] = from[i] + (i / CROSSFADE) * (to[i] - from[i]);
    return mono;
  }

  #mean(length: number): Float32Array<ArrayBuffer> {
    const mean = new Float32Array(length);
    const part = 1 / this.#window.length;
    const [first, second] = this.#window;
    // Nearly all music has two channels; this special case takes a fifth of the time.
    if (this.#window.length === 2) for (let i = 0; i < length; i++) mean[i] = part * first[i] + part * second[i];
    else for (const channel of this.#window) for (let i = 0; i < length; i++) mean[i] += part * channel[i];
    return mean;
  }

  #choose(mean: Float32Array, length: number): number | undefined {
    let unrelated = 0;
    this.#window.forEach((channel, c) => {
      const power = powerOf(channel, length);
      unrelated += power / this.#window.length ** 2;
      this.#powers[c] += power;
    });
    const share = powerOf(mean, length) / unrelated;
    const cancels = share < (this.#chosen === undefined ? CANCELLED_BELOW : SOUND_ABOVE);
    // The share of silence is not a number: nothing changes.
    if (Number.isNaN(share)) return this.#chosen;
    return cancels ? this.#powers.indexOf(Math.max(...this.#powers)) : undefined;
  }
}

/** Of every seventh sample, which is accurate enough. */
function powerOf(samples: Float32Array, length: number): number {
  let power = 0;
  for (let i = 0; i < length; i += 7) power += samples[i] * samples[i];
  return power;
}
