import { shownKey } from '../../catalogue/signature.ts';
import { makeSigningKey } from '../../node/publish/signing-key.ts';
import { command, FOUND } from '../command.ts';
import { UsageError } from '../options.ts';

export const key = command({
  name: 'key',
  summary: 'makes a key that signs catalogues',
  usage: ['FILE'],
  details: [
    'Writes a new Ed25519 key to FILE, which only you can read, and prints how subscribers see it. Keep a copy in a safe place, and never publish the file.',
  ],
  options: {},
  examples: [['entendu key valley.pem', 'then: entendu publish site/songs --key valley.pem']],
  async run({ words: [file, ...rest], terminal }) {
    if (!file || rest.length > 0) throw new UsageError('Name a new file: entendu key FILE');
    terminal.print(`${file}: key ${shownKey(await makeSigningKey(file))}`);
    return FOUND;
  },
});
