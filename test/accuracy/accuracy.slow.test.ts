import { expect, test } from 'vitest';
import { pageOf } from '../../src/accuracy/html-report.ts';
import { accuracy } from '../../src/accuracy/measure.ts';
import { tableOf } from '../../src/accuracy/report.ts';
import { UserError } from '../../src/errors.ts';
import { kernelModule } from '../support/kernel.ts';
import { music } from '../support/music.ts';

const trial = {
  kernel: kernelModule,
  version: '0',
  files: Array.from({ length: 9 }, (_, i) => `composed/piece-${i + 1}.wav`),
  read: async (file: string) => music(24, 11025, Number(file.match(/\d+/))),
  padding: 2,
};

test('composed music is recognised through noise, talk, rooms and other speeds', { timeout: 240_000 }, async () => {
  const { report, outcomes } = await accuracy({ ...trial, seconds: [5], snrs: [0], clips: 3 });
  const rightIn = (name: string, seconds: number) =>
    report.rows.find((row) => row.condition === name && row.seconds === seconds)!.right;
  expect(rightIn('clean', 5)).toBe(1);
  for (const name of ['white 0 dB', 'pink 0 dB', 'talkers 0 dB']) {
    expect(rightIn(name, 5), name).toBeGreaterThan(0.6);
  }
  expect(rightIn('room', 5)).toBeGreaterThan(0.6);
  for (const speed of ['-8', '-4', '-1', '+1', '+4', '+8']) {
    expect(rightIn(`speed ${speed} %`, 5), speed).toBeGreaterThan(0.6);
  }
  expect(rightIn('two at once', 5)).toBe(1);
  expect(report.falseAlarms.clips).toBeGreaterThan(10);
  expect(report.falseAlarms.named).toBeLessThanOrEqual(1);
  expect(outcomes.filter(({ isMusicKnown, answer, isRight }) => isMusicKnown && answer && !isRight).length).toBe(0);
  const placed = outcomes.filter(({ isRight, condition }) => isRight && condition === 'clean');
  for (const { offsetError } of placed) expect(offsetError).toBeLessThan(0.1);

  expect(tableOf(report).join('\n')).toContain('false alarms: ');
  const page = pageOf(report);
  expect(page).toContain('<svg');
  expect(page).not.toMatch(/https?:|<script/);
});

test('a file that cannot be read is told of and left out', { timeout: 60_000 }, async () => {
  const told: string[] = [];
  const read = async (file: string) => {
    if (file.includes('piece-2.')) throw new UserError('FileDamaged', 'It is broken.');
    return trial.read(file);
  };
  const files = trial.files.slice(0, 4);
  const { report } = await accuracy({
    ...trial,
    files,
    read,
    note: (line) => told.push(line),
    seconds: [3],
    clips: 3,
    only: ['clean'],
  });
  expect(told).toEqual(['composed/piece-2.wav: It is broken.']);
  expect(report.tracks).toBe(3);
  expect(report.rows[0].clips).toBeLessThan(4);
});

test('made-up tracks fill the library, and the music is recognised among them', { timeout: 120_000 }, async () => {
  const settings = { ...trial, absent: 3, among: 40, seconds: [5], clips: 4, only: ['clean', 'absent'] };
  const { report, outcomes } = await accuracy(settings);
  // Of the three tracks that are left out, one is what the made-up tracks are made of.
  const absent = outcomes.filter(({ isMusicKnown, tracks }) => !isMusicKnown && tracks.length > 0);
  expect(new Set(absent.flatMap(({ tracks }) => tracks)).size).toBe(2);
  expect(report.tracks).toBe(40);
  expect(report.hours).toBeGreaterThan(2);
  expect(report.rows.find(({ condition }) => condition === 'clean')?.right).toBe(1);
  expect(report.falseAlarms.named).toBe(0);
});

test('made-up tracks need music that is left out', { timeout: 60_000 }, async () => {
  const files = trial.files.slice(0, 2);
  await expect(accuracy({ ...trial, files, among: 40, only: ['clean'] })).rejects.toThrow('name more music');
});

test('the same arguments give the same outcomes', { timeout: 120_000 }, async () => {
  const options = { ...trial, files: trial.files.slice(0, 2), seconds: [3], clips: 2, only: ['clean', 'room'] };
  const plain = async () => (await accuracy(options)).outcomes.map(({ milliseconds: _, ...outcome }) => outcome);
  expect(await plain()).toEqual(await plain());
});
