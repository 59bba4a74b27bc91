import { expect, test } from 'vitest';
import { openEngine } from '../../src/engine/engine.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import { SessionRecorder } from '../../src/sessions/session-recorder.ts';
import { StripMaker } from '../../src/sessions/strip-maker.ts';
import { kernelModule } from '../support/kernel.ts';
import { someStretch } from '../support/sessions.ts';

const strip = () => new StripMaker().strip();
const progress = (...stretches: ReturnType<typeof someStretch>[]) => ({ seconds: 300, stretches, gaps: [] });

async function recording() {
  const { sessions } = await openEngine({ shelf: openMemory(), kernel: kernelModule });
  return { sessions, recorder: new SessionRecorder({ source: 'tab', name: 'A station' }, sessions) };
}

/** What is written without being awaited is there when this resolves. */
const kept = async (sessions: Awaited<ReturnType<typeof recording>>['sessions']) => {
  for (let i = 0; i < 200; i++) {
    const { rows } = await sessions.list();
    if (rows.length > 0) return rows;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return [];
};

test('a session is kept when something is found, running until it ends, and stays one', async () => {
  const { sessions, recorder } = await recording();
  recorder.note(progress(), strip);
  recorder.note(progress(someStretch(1)), strip);
  expect(await kept(sessions)).toMatchObject([{ name: 'A station', state: 'running', stretches: [{ number: 1 }] }]);
  const ended = await recorder.end(progress(someStretch(1), someStretch(2)), strip());
  expect((await sessions.list()).rows).toEqual([ended]);
  expect(ended).toMatchObject({ state: 'ended', stretches: [{ number: 1 }, { number: 2 }] });
});

test('what a person corrects while it runs stays', async () => {
  const { sessions, recorder } = await recording();
  recorder.note(progress(someStretch(1), someStretch(2)), strip);
  const [running] = await kept(sessions);
  const moved = { ...someStretch(2), toSeconds: 299, isEdited: true };
  const stretches = [{ ...someStretch(1), verdict: 'wrong' as const }, moved];
  await sessions.save({ ...running, stretches, note: 'mine' });
  const ended = await recorder.end(progress(someStretch(1), someStretch(2), someStretch(3)), strip());
  expect(ended.note).toBe('mine');
  expect(ended.stretches).toMatchObject([{ number: 1, verdict: 'wrong' }, moved, { number: 3 }]);
});

test('a session that was removed while it ran does not come back', async () => {
  const { sessions, recorder } = await recording();
  recorder.note(progress(someStretch(1)), strip);
  const [running] = await kept(sessions);
  await sessions.remove([running.id]);
  await recorder.end(progress(someStretch(1), someStretch(2)), strip());
  expect((await sessions.list()).total).toBe(0);
});

test('a session without a picture says so', async () => {
  const { sessions } = await recording();
  const recorder = new SessionRecorder({ source: 'stream', name: 'A station', isPictured: false }, sessions);
  recorder.note(progress(someStretch(1)), () => undefined);
  const ended = await recorder.end(progress(someStretch(1)), undefined);
  expect(ended).toMatchObject({ state: 'ended', hasStrip: false });
  expect((await sessions.list()).rows).toEqual([ended]);
  expect(await sessions.strip(ended.id)).toBeUndefined();
});
