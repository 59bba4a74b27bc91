/** A note in, its sound out: mono samples at `RATE`, peaking near 1 at full velocity. */

export const RATE = 44_100;

/** Draws numbers from 0 up to 1. */
export type Random = () => number;

export type Instrument = (hertz: number, seconds: number, random: Random) => Float32Array;

/** `wave(time, phase)` for the length of the note and a release, under an attack and an exponential decay. */
function voice(
  seconds: number,
  { attack = 0.005, decay = 1e9, release = 0.08 },
  wave: (time: number) => number,
): Float32Array {
  const samples = new Float32Array(Math.ceil((seconds + release) * RATE));
  for (let index = 0; index < samples.length; index++) {
    const time = index / RATE;
    const fade = time < seconds ? 1 : 1 - (time - seconds) / release;
    samples[index] = wave(time) * Math.min(1, time / attack) * Math.exp(-time / decay) * fade;
  }
  return samples;
}

const turn = (cycles: number) => Math.sin(2 * Math.PI * cycles);

/** Sum of the partials of a saw below 9 kHz, each under its own weight: no aliasing, a darker tone for a higher `tilt`. */
function partials(hertz: number, tilt: number, step = 1): (cycles: number) => number {
  const weights: [number, number][] = [];
  for (let partial = 1; partial * hertz < 9_000 && partial <= 24; partial += step)
    weights.push([partial, 1 / partial ** tilt]);
  return (cycles) => weights.reduce((sum, [partial, weight]) => sum + weight * turn(partial * cycles), 0);
}

/** Two sines modulating one another; the bright strike dies sooner than the tone. */
export const electricPiano: Instrument = (hertz, seconds) =>
  voice(seconds, { decay: 1.1, release: 0.15 }, (time) => {
    const strike = 0.35 * Math.exp(-time / 0.08) * turn(14 * hertz * time);
    return 0.8 * turn(hertz * time + 0.16 * Math.exp(-time / 0.5) * turn(hertz * time) + 0.1 * strike);
  });

export const bell: Instrument = (hertz, seconds) =>
  voice(Math.max(seconds, 0.9), { attack: 0.002, decay: 0.55, release: 0.3 }, (time) => {
    return 0.7 * turn(hertz * time + 0.35 * Math.exp(-time / 0.4) * turn(3.53 * hertz * time));
  });

/** Karplus and Strong's string: a burst of noise in a delay line that loses its edges on every round. */
export const guitar: Instrument = (hertz, seconds, random) => {
  const period = Math.max(2, Math.round(RATE / hertz - 0.5));
  const line = Float32Array.from({ length: period }, () => random() * 2 - 1);
  let at = 0;
  return voice(Math.max(seconds, 0.5), { attack: 0.001, release: 0.2 }, () => {
    const next = (at + 1) % period;
    const sample = line[at];
    line[at] = 0.498 * (line[at] + line[next]);
    at = next;
    return sample;
  });
};

export const flute: Instrument = (hertz, seconds, random) =>
  voice(seconds, { attack: 0.05, release: 0.1 }, (time) => {
    const vibrato = 0.0035 * Math.min(1, time / 0.4) * turn(5.2 * time);
    const cycles = hertz * (time + vibrato / 10);
    return 0.6 * turn(cycles) + 0.16 * turn(2 * cycles) + 0.07 * turn(3 * cycles) + 0.03 * (random() * 2 - 1);
  });

export const reed: Instrument = (hertz, seconds) => {
  const wave = partials(hertz, 1.2, 2);
  return voice(seconds, { attack: 0.012, decay: 1.6, release: 0.06 }, (time) => {
    return 0.6 * wave(hertz * (time + 0.0004 * Math.min(1, time / 0.3) * turn(5.6 * time)));
  });
};

export const brass: Instrument = (hertz, seconds) => {
  const dark = partials(hertz, 2);
  const bright = partials(hertz, 1.1);
  return voice(seconds, { attack: 0.03, release: 0.09 }, (time) => {
    const opening = Math.min(1, time / 0.12) * Math.exp(-time / 0.9);
    return 0.4 * ((1 - opening) * dark(hertz * time) + opening * bright(hertz * time));
  });
};

/** Three saws a little out of tune with each other. */
export const strings: Instrument = (hertz, seconds, random) => {
  const wave = partials(hertz, 1.5);
  const voices = [-0.004, 0, 0.0045].map((detune) => ({ hertz: hertz * (1 + detune), phase: random() }));
  return voice(seconds, { attack: 0.22, release: 0.35 }, (time) =>
    voices.reduce((sum, { hertz, phase }) => sum + 0.2 * wave(hertz * time + phase), 0),
  );
};

export const bass: Instrument = (hertz, seconds) => {
  const wave = partials(hertz, 1.9);
  return voice(seconds, { attack: 0.006, decay: 0.9, release: 0.05 }, (time) => 0.75 * wave(hertz * time));
};

const kick: Instrument = () =>
  voice(0.22, { attack: 0.001, decay: 0.09 }, (time) => turn(48 * time + 3.2 * (1 - Math.exp(-time / 0.035))));

const snare: Instrument = (_hertz, _seconds, random) =>
  voice(0.16, { attack: 0.001, decay: 0.06 }, (time) => 0.6 * (random() * 2 - 1) + 0.5 * turn(185 * time));

/** Noise without its low end: each sample less the one before. */
const hat: Instrument = (_hertz, _seconds, random) => {
  let before = 0;
  return voice(0.05, { attack: 0.0005, decay: 0.02, release: 0.02 }, () => {
    const noise = random() * 2 - 1;
    const sample = 0.5 * (noise - before);
    before = noise;
    return sample;
  });
};

const brush: Instrument = (_hertz, _seconds, random) =>
  voice(0.14, { attack: 0.03, decay: 0.06 }, () => 0.35 * (random() * 2 - 1));

export const drums = { kick, snare, hat, brush };
export type Drum = keyof typeof drums;
