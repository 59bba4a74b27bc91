import { expect, test } from 'vitest';
import { addressInLink } from '../../src/ui/catalogues/offered.ts';

test('a link may carry the address as it is, or encoded', () => {
  const address = 'https://valley.example/songs/?a=1';
  expect(addressInLink(`#subscribe=${address}`)).toBe(address);
  expect(addressInLink(`#subscribe=${encodeURIComponent(address)}`)).toBe(address);
});

test.each([
  '#subscribe=',
  '#subscribe=javascript:alert(1)',
  '#subscribe=file:///etc/passwd',
  '#subscribe=%',
  '#library',
])('%s is no such link', (hash) => {
  expect(addressInLink(hash)).toBeUndefined();
});
