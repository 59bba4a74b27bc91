import { shownKey } from '../../catalogue/signature.ts';
import { openLibrary } from '../../node/package.ts';
import { publishCatalogue } from '../../node/publish/publish-catalogue.ts';
import { readSigningKey } from '../../node/publish/signing-key.ts';
import { command, FOUND } from '../command.ts';
import { text, UsageError } from '../options.ts';
import { bar } from '../terminal.ts';
import { bytes, counted, duration } from '../words.ts';

export const publish = command({
  name: 'publish',
  summary: 'publishes the library as a catalogue, which others subscribe to',
  usage: ['FOLDER'],
  details: [
    'Writes a manifest (catalogue.txt) and pieces of what was learnt, not the music. Upload the folder to any static host; browsers of other sites need the header "Access-Control-Allow-Origin: *".',
    'Published again, the same folder is brought up to date: only what changed makes new pieces, and only these are fetched by subscribers. Songs of other catalogues are left out.',
    'With a key, subscribers refuse an update that is not signed with it. Keep the key: without it they have to subscribe anew.',
  ],
  options: {
    name: text('WORDS', 'name of the catalogue; default: the one it has'),
    search: text('WORDS', 'only tracks with these words in title, artist, album or file name'),
    key: text('FILE', 'sign with the key in this file; "entendu key FILE" makes one'),
  },
  examples: [
    ['entendu publish site/songs --name "Songs of the valley"', 'publishes the library'],
    ['entendu publish site/songs --key valley.pem', 'and signs it'],
  ],
  async run({ values, words: [folder, ...rest], terminal }) {
    if (!folder || rest.length > 0) throw new UsageError('Name a folder to publish in: entendu publish FOLDER');
    const signer = values.key === undefined ? undefined : await readSigningKey(values.key);
    const library = await openLibrary(values.library, { readOnly: true });
    try {
      const found =
        values.search === undefined ? undefined : await library.tracks({ search: values.search, limit: Infinity });
      if (found?.rows.length === 0) throw new UsageError('No track matches these words.');
      const { manifest, newPieces, newBytes, hasChanged } = await publishCatalogue(library, folder, {
        ...(values.name !== undefined && { name: values.name }),
        ...(found && { tracks: found.rows.map(({ id }) => id) }),
        ...(signer && { signer }),
        progress: ({ done, total }) => terminal.progress(`${bar(done / Math.max(1, total))} published`),
      });
      terminal.progress('');
      const { tracks, seconds, pieces, version } = manifest;
      const total = pieces.reduce((sum, piece) => sum + piece.bytes, 0);
      terminal.print(
        `${counted(tracks, 'track')}, ${duration(seconds)}, ${bytes(total)} in ${counted(pieces.length, 'piece')}`,
      );
      terminal.print(
        hasChanged
          ? `version ${version}: ${counted(newPieces, 'new piece')}, ${bytes(newBytes)}`
          : `version ${version}: nothing has changed`,
      );
      if (signer) terminal.print(`signed with the key ${shownKey(signer.publicKey)}`);
      return FOUND;
    } finally {
      await library.close();
    }
  },
});
