/** Made-up songs for screens. Always the same. */
import type { Track } from '../../src/types.ts';
import { wavOf } from '../support/wav.ts';

const titles = [
  'Nocturne in E-flat',
  'Rain on the Harbour',
  'Blue Corridor',
  'Sunday Garden',
  'Little Engine',
  'First Snow',
  'The Lamplighter Goes Home by the Long Way, and Whistles as He Goes',
  'Copper Rain',
  'Night Bus',
  'Low Tide',
  'Paper Kites',
  'Tin Parade',
  'Old Letters',
  'Kleine Nachtwache',
  'L’heure bleue',
  '雨の港',
  'نجوم المساء',
];
const artists = [
  'Field',
  'The Harbour Quartet',
  'Ada Lindqvist',
  undefined,
  'Complete Nocturnes Ensemble',
  'M. Okafor',
];
const albums = ['Complete Nocturnes', 'Evening Walks', undefined, 'Small Machines'];

/** A number from 0 to 1 that follows from another. */
export const chance = (seed: number): number => {
  const wave = Math.sin(seed * 127.1 + 311.7) * 43758.5453;
  return wave - Math.floor(wave);
};

export function songOf(id: number): Track {
  const round = Math.floor((id - 1) / titles.length);
  const seconds = 120 + Math.floor(chance(id) * 240);
  return {
    id,
    title: titles[(id - 1) % titles.length] + (round ? ` ${round + 1}` : ''),
    artist: artists[id % artists.length],
    album: albums[id % albums.length],
    year: 1985 + (id % 40),
    trackNumber: 1 + (id % 12),
    contentId: Array.from({ length: 32 }, (_, i) => Math.floor(chance(id * 31 + i) * 16).toString(16)).join(''),
    fileName: `${String(id).padStart(2, '0')} - ${titles[(id - 1) % titles.length]}.mp3`,
    seconds,
    learntSeconds: id % 11 === 0 ? seconds / 2 : seconds,
    peakCount: Math.round(seconds * 19.4),
    added: Date.UTC(2026, 8, 1) + id * 3_600_000,
    enabled: id % 9 !== 0,
    hasCover: false,
    ...(id % 7 === 3 && { catalogue: 1 }),
  };
}

/** Peaks like those of music: on the beat, in chords. */
export function constellationOf({ id, seconds }: Track) {
  const frames: number[] = [];
  const bins: number[] = [];
  for (let beat = 0; beat < seconds * 4; beat++) {
    for (let voice = 0; voice < 5; voice++) {
      if (chance(beat * 7 + voice + id) < 0.25) continue;
      frames.push(Math.round((beat / 4) * 43.07 + chance(beat + voice) * 3));
      bins.push(Math.round(30 + 700 * chance(Math.floor(beat / 8) * 13 + voice * 5 + id) ** 1.6));
    }
  }
  return { frames: Uint32Array.from(frames), bins: Uint16Array.from(bins), frameCount: Math.round(seconds * 43.07) };
}

/** Twenty seconds of silence. */
export const silentFile = (): File =>
  new File([new Uint8Array(wavOf('s16', [new Float32Array(20 * 11_025)], 11_025))], 'silence.wav');

const LINES = [
  'We left the harbour lights behind',
  'and every window in the town',
  '',
  'A slow tide turning in my mind',
  'a word that nobody wrote down, though all of them were there that night and heard it twice',
];

/** The first song has lyrics with times, the second without; the others have none. */
export function lyricsOf(id: number): string | undefined {
  const lines = Array.from({ length: 24 }, (_, i) => LINES[i % LINES.length]);
  if (id === 2) return lines.join('\n');
  const stamp = (i: number) =>
    `[${String(Math.floor(i / 6)).padStart(2, '0')}:${String((i % 6) * 10).padStart(2, '0')}.00]`;
  return id === 1 ? lines.map((line, i) => stamp(i) + line).join('\n') : undefined;
}
