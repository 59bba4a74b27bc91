import { expect, test } from 'vitest';
import { whyNotHeard } from '../../src/extension/capture-faults.ts';

test.each([
  ['Chrome pages cannot be captured.', { is: 'refused' }],
  [
    'Extension has not been invoked for the current page (see activeTab permission). Chrome pages cannot be captured.',
    { is: 'refused' },
  ],
  ['Cannot capture a tab with an active stream.', { is: 'taken' }],
  ['No tab with id: 12.', { is: 'gone' }],
  ['Only a single offscreen document may be created.', { is: 'failed', fault: 'Unexpected' }],
])('"%s" is told as it is', (message, state) => {
  expect(whyNotHeard(new Error(message))).toEqual(state);
});
