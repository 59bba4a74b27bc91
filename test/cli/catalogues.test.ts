import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from '../../src/cli/dispatch.ts';
import { openTerminal } from '../../src/cli/terminal.ts';
import { openLibrary } from '../../src/node/package.ts';
import { hostOf } from '../support/catalogue-host.ts';
import { temporaryFolder } from '../support/folder.ts';
import { someLearnt } from '../support/prints.ts';

const { path: folder, remove } = temporaryFolder();
const at = (name: string) => join(folder, name);
const host = await hostOf(folder);
afterAll(() => {
  host.close();
  remove();
});

async function entendu(line: string): Promise<{ status: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const sink = (add: (words: string) => void) => ({ write: (words: string) => void add(words) });
  const terminal = openTerminal(sink((words) => (out += words)) as never, sink((words) => (err += words)) as never, {
    TERM: 'dumb',
  });
  const status = await run(line.split(' '), terminal);
  return { status, out, err };
}

test('a library is published, signed, subscribed to, updated and forgotten again', async () => {
  const [mine, yours, key] = [at('mine'), at('yours'), at('valley.pem')];
  const library = await openLibrary(mine);
  for (let seed = 1; seed <= 5; seed++) await library.add(someLearnt(seed), { evenIfSimilar: true });
  await library.close();
  const made = await entendu(`key ${key}`);
  const [, digits] = /key ((?:[0-9a-f]{4} ?){4})/.exec(made.out)!;
  expect(statSync(key).mode & 0o777).toBe(0o600);
  expect((await entendu(`key ${key}`)).err).toContain('A key is never replaced');

  const published = await entendu(`publish ${at('site')} --name Valley --key ${key} --library ${mine}`);
  expect(published.out).toContain('5 tracks');
  expect(published.out).toContain('1 new piece');
  expect((await entendu(`publish ${at('site')} --key ${key} --library ${mine}`)).out).toContain('nothing has changed');

  await entendu(`add --library ${yours} ${at('nothing.wav')}`); // makes the library
  const address = `${host.url}site`;
  const preview = await entendu(`subscribe ${address} --preview --library ${yours}`);
  expect(preview.out).toContain('Valley: 5 tracks');
  expect(preview.out).toContain(digits.trim());
  expect(await entendu(`subscribe ${address} --library ${yours}`)).toMatchObject({ status: 0 });
  const listed = await entendu(`subscribe list --library ${yours}`);
  expect(listed.out).toContain('Valley');
  const [number] = listed.out.split(' ');
  expect((await entendu(`subscribe update ${number} --library ${yours}`)).out).toContain('0 tracks added, 0 removed');
  expect((await entendu(`list --catalogue ${number} --library ${yours}`)).out).toContain('Song 5');
  expect((await entendu(`list --catalogue 7 --library ${yours}`)).status).toBe(1);

  expect(await entendu(`unsubscribe ${number} --library ${yours}`)).toMatchObject({ status: 0 });
  expect((await entendu(`list --library ${yours}`)).out).not.toContain('Song');
  expect((await entendu(`subscribe list --library ${yours}`)).status).toBe(1);
});

test('an address that is none, a host that is gone and a page that is no catalogue are told', async () => {
  const library = at('yours');
  expect((await entendu(`subscribe valley --library ${library}`)).err).toContain('"valley" is no address');
  expect((await entendu(`subscribe http://127.0.0.1:9/ --library ${library}`)).err).toContain(
    'Nothing could be downloaded',
  );
  expect((await entendu(`subscribe ${host.url}valley.pem#x.txt --library ${library}`)).status).toBe(2);
  expect((await entendu(`unsubscribe 7 --library ${library}`)).err).toContain('There is no subscription 7');
});
