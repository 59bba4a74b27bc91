/** The songs of the fixtures and of the demo. All of them were made up here. */
import type { Plan } from './composer.ts';
import { bass, bell, brass, electricPiano, flute, guitar, reed, strings } from './instruments.ts';

const major = [0, 2, 4, 5, 7, 9, 11];
const minor = [0, 2, 3, 5, 7, 8, 10];
const dorian = [0, 2, 3, 5, 7, 9, 10];
const lydian = [0, 2, 4, 6, 7, 9, 11];
const mixolydian = [0, 2, 4, 5, 7, 9, 10];

const backbeat = { kick: 'x...x...', snare: '..x...x.', hat: 'xxxxxxxx' };
const fourFloor = { kick: 'x.x.x.x.', snare: '..x...x.', hat: '.x.x.x.x' };
const syncopated = { kick: 'x..x..x.', snare: '..x...x.', hat: 'x.xxx.xx' };
const soft = { kick: 'x.......', brush: '..x...x.', hat: 'x.x.x.x.' };
const waltz = { kick: 'x.....', brush: '..x.x.' };
const march = { kick: 'x...x...', snare: 'x.xxx.x.', hat: '........' };

const plan = (title: string, seed: number, rest: Partial<Plan>): Plan => ({
  title,
  seed,
  beatsPerMinute: 100,
  beatsPerBar: 4,
  key: 60,
  scale: major,
  chords: [0, 4, 5, 3],
  bars: 12,
  swing: 0.5,
  lead: flute,
  chord: electricPiano,
  bass,
  accompaniment: 'struck',
  drums: backbeat,
  ...rest,
});

export const songs = {
  harbourLights: plan('Harbour Lights', 11, { beatsPerMinute: 96, key: 62, bars: 12, swing: 0.6, drums: soft }),
  paperKites: plan('Paper Kites', 22, {
    beatsPerMinute: 126,
    key: 57,
    scale: minor,
    chords: [0, 5, 2, 6],
    bars: 14,
    lead: reed,
    chord: guitar,
    accompaniment: 'broken',
    drums: fourFloor,
  }),
  nightBus: plan('Night Bus', 33, {
    beatsPerMinute: 108,
    key: 64,
    scale: dorian,
    chords: [0, 3, 0, 4, 5, 3],
    lead: bell,
    drums: syncopated,
  }),
  copperRain: plan('Copper Rain', 44, {
    beatsPerMinute: 88,
    beatsPerBar: 3,
    key: 65,
    scale: lydian,
    chords: [0, 1, 5, 4],
    bars: 12,
    lead: guitar,
    chord: strings,
    accompaniment: 'held',
    drums: waltz,
  }),
  lowTide: plan('Low Tide', 55, {
    beatsPerMinute: 140,
    key: 55,
    scale: mixolydian,
    chords: [0, 6, 3, 0],
    bars: 9,
    lead: brass,
    chord: guitar,
  }),
  greenClock: plan('Green Clock', 66, {
    beatsPerMinute: 112,
    key: 60,
    scale: minor,
    chords: [0, 3, 4, 0],
    bars: 4,
    lead: electricPiano,
    chord: bell,
    accompaniment: 'broken',
    drums: soft,
  }),
  firstSnow: plan('First Snow', 77, {
    beatsPerMinute: 72,
    key: 67,
    chords: [0, 3, 5, 4],
    bars: 2,
    lead: bell,
    chord: strings,
    accompaniment: 'held',
    drums: {},
  }),
  longWayRound: plan('Long Way Round', 88, {
    beatsPerMinute: 118,
    key: 58,
    chords: [5, 3, 0, 4],
    bars: 8,
    lead: reed,
    drums: syncopated,
  }),
  tinParade: plan('Tin Parade', 99, {
    beatsPerMinute: 132,
    key: 63,
    chords: [0, 0, 4, 0, 3, 0, 4, 0],
    bars: 8,
    lead: brass,
    drums: march,
  }),
  oldLetters: plan('Old Letters', 110, {
    beatsPerMinute: 84,
    key: 61,
    scale: dorian,
    chords: [0, 2, 3, 6],
    bars: 4,
    lead: flute,
    chord: guitar,
    accompaniment: 'broken',
    drums: {},
  }),
} satisfies Record<string, Plan>;

/** In no library of the tests: what a microphone hears when there is nothing to find. */
export const stranger = plan('Stranger', 1001, {
  beatsPerMinute: 104,
  key: 59,
  scale: minor,
  chords: [0, 6, 5, 4],
  bars: 9,
  lead: guitar,
  chord: strings,
  accompaniment: 'held',
  drums: syncopated,
});

/** Come with the app, for a first try without music of one's own. */
export const demo = {
  sundayGarden: plan('Sunday Garden', 2001, {
    beatsPerMinute: 92,
    key: 65,
    chords: [0, 5, 3, 4],
    bars: 9,
    swing: 0.62,
    lead: flute,
    chord: guitar,
    accompaniment: 'broken',
    drums: soft,
  }),
  blueCorridor: plan('Blue Corridor', 2002, {
    beatsPerMinute: 110,
    key: 57,
    scale: dorian,
    chords: [0, 3, 6, 3],
    bars: 11,
    lead: electricPiano,
    chord: strings,
    accompaniment: 'held',
    drums: syncopated,
  }),
  littleEngine: plan('Little Engine', 2003, {
    beatsPerMinute: 134,
    key: 60,
    scale: mixolydian,
    chords: [0, 6, 3, 4],
    bars: 12,
    lead: reed,
    chord: electricPiano,
    drums: fourFloor,
  }),
} satisfies Record<string, Plan>;
