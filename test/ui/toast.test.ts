import { expect, test } from 'vitest';
import { isTelling, type Toast, takeBack, tell } from '../../src/ui/parts/notices/toast.tsx';

const passing: Toast = { text: 'Song deleted' };
const lasting: Toast = {
  text: 'The storage is gone',
  isFault: true,
  stays: true,
  action: { label: 'Reload', act() {} },
};

/** What is shown is taken back; anything else stays. */
const isShown = (toast: Toast): boolean => {
  takeBack(toast);
  return !isTelling();
};

test('a message replaces an earlier one', () => {
  tell({ text: 'Copied' });
  tell(passing);
  expect(isShown(passing)).toBe(true);
});

test('a fault that needs an action is not replaced by what passes', () => {
  tell(passing);
  tell(lasting);
  tell(passing);
  expect(isShown(lasting)).toBe(true);
});

test('a fault that needs an action is replaced by a later one', () => {
  const later = { ...lasting, text: 'A newer version is open' };
  tell(lasting);
  tell(later);
  expect(isShown(later)).toBe(true);
});
