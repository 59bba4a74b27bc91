import { expect, test } from 'vitest';
import { openEngine } from '../../../src/engine/engine.ts';
import { openMemory } from '../../../src/library/shelf/memory.ts';
import { removeBegun } from '../../../src/ui/recording/queue/remove-begun.ts';
import { kernelModule } from '../../support/kernel.ts';
import { someSession, someStretch } from '../../support/sessions.ts';

const later = { began: someSession().began + 60_000 };

test('of a recording that was begun before a reload only the whole stays', async () => {
  const { sessions } = await openEngine({ shelf: openMemory(), kernel: kernelModule });
  await sessions.save(someSession({ state: 'running', seconds: 180, stretches: [someStretch(1)], gaps: [] }));
  const whole = await sessions.save(someSession(later));
  await removeBegun(sessions, whole);
  expect((await sessions.list()).rows.map(({ id }) => id)).toEqual([whole.id]);
});

test.each([
  ['has ended', {}],
  ['has a note', { state: 'running' as const, note: 'mine' }],
  ['was called wrong', { state: 'running' as const, stretches: [someStretch(1, { verdict: 'wrong' })] }],
  ['holds another song', { state: 'running' as const, stretches: [someStretch(3)] }],
  ['is of another file', { state: 'running' as const, name: 'another.mp3' }],
])('an earlier session that %s stays', async (_, more) => {
  const { sessions } = await openEngine({ shelf: openMemory(), kernel: kernelModule });
  await sessions.save(someSession(more));
  await removeBegun(sessions, await sessions.save(someSession(later)));
  expect((await sessions.list()).total).toBe(2);
});
