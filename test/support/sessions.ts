import type { NewSession, Stretch } from '../../src/sessions/session-model.ts';

export const someStretch = (number: number, more: Partial<Stretch> = {}): Stretch => ({
  number,
  track: { title: `Song ${number}`, artist: 'Artist', contentId: number.toString(16).padStart(32, '0'), length: 200 },
  fromSeconds: number * 100,
  toSeconds: number * 100 + 60,
  trackSeconds: 10,
  confidence: 0.98,
  speed: 1,
  ...more,
});

export const someSession = (more: Partial<NewSession> = {}): NewSession => ({
  began: Date.UTC(2026, 5, 1),
  source: 'file',
  name: 'radio mix.mp3',
  seconds: 400,
  stretches: [someStretch(1), someStretch(2)],
  gaps: [{ fromSeconds: 0, toSeconds: 100, sound: 'talk' }],
  state: 'ended',
  ...more,
});
