/** Damages files in the ways of disks, networks and attackers. The same random numbers give the same damage. */

type Random = () => number;
type Damage = (bytes: Uint8Array, random: Random) => Uint8Array;

const spot = (bytes: Uint8Array, random: Random) => Math.floor(random() * bytes.length);
/** Damage to headers has the greatest effect. */
const earlySpot = (bytes: Uint8Array, random: Random) => Math.floor(random() ** 4 * bytes.length);

function splice(bytes: Uint8Array, start: number, end: number, between: Uint8Array): Uint8Array {
  const spliced = new Uint8Array(start + between.length + Math.max(0, bytes.length - end));
  spliced.set(bytes.subarray(0, start));
  spliced.set(between, start);
  spliced.set(bytes.subarray(end), start + between.length);
  return spliced;
}

export const damages: Record<string, Damage> = {
  bits(bytes, random) {
    const spoilt = bytes.slice();
    for (let count = 1 + random() * 30; count > 0; count--) spoilt[earlySpot(bytes, random)] ^= 1 << (8 * random());
    return spoilt;
  },
  cut: (bytes, random) => bytes.slice(0, spot(bytes, random)),
  beheaded: (bytes, random) => bytes.slice(earlySpot(bytes, random)),
  hole(bytes, random) {
    const start = earlySpot(bytes, random);
    return splice(bytes, start, start + Math.floor(random() * 5_000), new Uint8Array(0));
  },
  zeroes(bytes, random) {
    const start = earlySpot(bytes, random);
    return bytes.slice().fill(0, start, start + random() * 20_000);
  },
  noise(bytes, random) {
    const start = spot(bytes, random);
    const spoilt = bytes.slice();
    for (let i = start; i < Math.min(bytes.length, start + 10_000 * random()); i++) spoilt[i] = 256 * random();
    return spoilt;
  },
  doubled(bytes, random) {
    const start = spot(bytes, random);
    return splice(bytes, start, start, bytes.subarray(start, start + Math.floor(random() * 30_000)));
  },
  /** A length or count that is far too large, or 0. */
  lies(bytes, random) {
    const spoilt = bytes.slice();
    const start = earlySpot(bytes, random);
    spoilt.fill(random() < 0.5 ? 0xff : 0, start, start + 4);
    if (random() < 0.5) spoilt[start] = 0x7f * random();
    return spoilt;
  },
};

export function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  const kinds = Object.values(damages);
  return kinds[Math.floor(random() * kinds.length)](bytes, random);
}
