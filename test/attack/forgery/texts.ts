/** Texts that do not want to be shown. */
export const oddTexts = [
  '',
  ' ',
  'x'.repeat(100_000),
  '\u0000\u0007\u001b[2J\u001b]0;owned\u0007',
  '\u202egnp.exe',
  '\ud800',
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http://127.0.0.1","x")',
  '../../etc/passwd',
  'constructor',
  '__proto__',
  '\u{1f3b5}'.repeat(400),
  'e\u0301\u0301\u0301'.repeat(300),
  '\ufeff\u2028\u2029\u200b',
  'undefined',
];
