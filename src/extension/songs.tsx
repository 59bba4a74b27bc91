/** The page of the extension's songs: adds files and bundles to its own library, lists what it knows, and removes songs. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Track } from '../types.ts';
import { t } from '../ui/messages/messages.ts';
import { Button } from '../ui/parts/button.tsx';
import { createRecognizer, type Recognizer } from '../web/recognizer.ts';
import { type AddedRow, addFile } from './add-file.ts';
import { showPage } from './show-page.tsx';

/** Maximum number of songs listed, newest first. */
const LISTED = 200;

function Songs({ library }: { library: Recognizer }): JSX.Element {
  const [rows, setRows] = useState<AddedRow[]>([]);
  const [known, setKnown] = useState<{ total: number; rows: Track[] }>();
  const list = async () => setKnown(await library.tracks({ sort: 'added', descending: true, limit: LISTED }));
  useEffect(() => void list(), []);

  const add = async (file: File) => {
    const show = (row: AddedRow) => setRows((rows) => withRow(rows, row));
    await addFile(library, file, show);
    await list();
  };
  const remove = async ({ id }: Track) => {
    await library.remove([id]);
    await list();
  };
  return (
    <main class="songs">
      <h1>{t('extension.songs')}</h1>
      <p class="soft">{t('extension.songs.text')}</p>
      <label class="button" data-kind="main">
        {t('library.add.files')}
        <input
          class="unseen"
          type="file"
          multiple
          accept="audio/*,video/*,.entendu"
          onChange={({ currentTarget }) => {
            for (const file of currentTarget.files ?? []) void add(file);
            currentTarget.value = '';
          }}
        />
      </label>
      <div role="log" aria-label={t('library.add')}>
        <ul>
          {rows.map(({ file, text, isFault }, i) => (
            <li key={i - rows.length}>
              {file.name}: <span class={isFault ? 'fault' : 'soft'}>{text}</span>
            </li>
          ))}
        </ul>
      </div>
      {known && <h2>{t('library.count', { count: known.total })}</h2>}
      <ul class="songs-list">
        {known?.rows.map((track) => (
          <li key={track.id}>
            <span>
              {track.title} <span class="soft">{track.artist}</span>
            </span>
            <Button kind="quiet" label={`${t('do.delete')}: ${track.title}`} onClick={() => void remove(track)}>
              {t('do.delete')}
            </Button>
          </li>
        ))}
      </ul>
    </main>
  );
}

/** A row keeps its place while its text changes. */
const withRow = (rows: AddedRow[], row: AddedRow): AddedRow[] =>
  rows.some(({ file }) => file === row.file)
    ? rows.map((each) => (each.file === row.file ? row : each))
    : [row, ...rows];

await showPage(() => <Songs library={createRecognizer()} />);
