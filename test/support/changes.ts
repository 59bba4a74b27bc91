/** Changes to a sound on its way to a listener. */
import type { Pcm } from '../../src/types.ts';

export function louder({ samples, sampleRate }: Pcm, decibels: number): Pcm {
  const gain = 10 ** (decibels / 20);
  return { samples: samples.map((x) => x * gain), sampleRate };
}

/** Raises everything above `hertz` by `decibels`, with a slope of 6 dB per octave. */
export function shelved({ samples, sampleRate }: Pcm, hertz: number, decibels: number): Pcm {
  const gain = 10 ** (decibels / 20);
  const keep = Math.exp((-2 * Math.PI * hertz) / sampleRate);
  let low = 0;
  const shelf = (x: number) => {
    low = x + (low - x) * keep;
    return low + (x - low) * gain;
  };
  return { samples: samples.map(shelf), sampleRate };
}

const REACH = 64;
/** Points of the filter's curve from one sample to the next; straight lines join them. */
const FINENESS = 1024;

/** A sinc under Blackman's window over 2 x 64 samples. */
const curve = Float64Array.from({ length: REACH * FINENESS + 2 }, (_, i) => {
  const t = i / FINENESS;
  const angle = (Math.PI * t) / REACH;
  const sinc = i === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
  return t >= REACH ? 0 : sinc * (0.42 + 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle));
});

/** Resamples the sound, by another method than the kernel's. */
export function atRate({ samples, sampleRate }: Pcm, rate: number): Pcm {
  const cutoff = Math.min(1, rate / sampleRate) * 0.94;
  const reach = REACH / cutoff;
  const out = new Float32Array(Math.floor((samples.length * rate) / sampleRate));
  for (let n = 0; n < out.length; n++) {
    const at = (n * sampleRate) / rate;
    const first = Math.max(0, Math.ceil(at - reach));
    const last = Math.min(samples.length - 1, Math.floor(at + reach));
    let sum = 0;
    for (let i = first; i <= last; i++) {
      const x = Math.abs(i - at) * cutoff * FINENESS;
      const point = Math.floor(x);
      sum += samples[i] * (curve[point] + (x - point) * (curve[point + 1] - curve[point]));
    }
    out[n] = sum * cutoff;
  }
  return { samples: out, sampleRate: rate };
}
