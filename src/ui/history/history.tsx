import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { dated, download } from '../bundles/save-file.ts';
import { t } from '../messages/messages.ts';
import { useCell } from '../parts/cell.ts';
import { showFault } from '../parts/fault-toast.ts';
import { day } from '../parts/localized.ts';
import { Menu } from '../parts/menu.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { useKeptScroll } from '../parts/session-state.ts';
import { tell } from '../parts/toast.tsx';
import { useServices } from '../services.ts';
import { EmptyHistory } from './empty-history.tsx';
import { EntryDialog } from './entry-dialog.tsx';
import { EntryRow } from './entry-row.tsx';
import { toCsv, toJson } from './export-entries.ts';
import './history.css';
import type { Entry } from './store.ts';

/** What was heard and when, newest first. */
export function History(): JSX.Element | null {
  const { history } = useServices();
  const version = useCell(history.version);
  const [entries, setEntries] = useState<Entry[]>();
  const [words, setWords] = useState('');
  const [open, setOpen] = useState<Entry>();
  const screen = useKeptScroll('history', Boolean(entries));

  useEffect(() => {
    history.list().then(setEntries, (error) => {
      setEntries([]);
      showFault(error);
    });
  }, [version]);

  if (!entries) return null;
  if (!entries.length) return <EmptyHistory />;

  const remove = async (gone: Entry[], text: string) => {
    setOpen(undefined);
    await history.remove(gone.map(({ id }) => id));
    tell({ text, action: { label: t('do.undo'), act: () => history.restore(gone) } });
  };
  const found = entries.filter((entry) => matches(entry, words));

  return (
    <section class="history" ref={screen} aria-label={t('place.history')}>
      <header class="history-head">
        <h1>{t('place.history')}</h1>
        <Menu
          label={t('do.more')}
          icon="more"
          items={[
            {
              icon: 'share',
              label: t('history.export.csv'),
              act: () => download(dated('entendu-history', 'csv'), new Blob([toCsv(entries)], { type: 'text/csv' })),
            },
            {
              icon: 'share',
              label: t('history.export.json'),
              act: () =>
                download(dated('entendu-history', 'json'), new Blob([toJson(entries)], { type: 'application/json' })),
            },
            {
              icon: 'trash',
              label: t('history.clear'),
              isDanger: true,
              act: () => remove(entries, t('history.cleared')),
            },
          ]}
        />
      </header>
      <SearchField label={t('history.search')} value={words} onInput={setWords} />
      {byDay(found).map(([heading, group]) => (
        <section key={heading} class="history-day">
          <h2 class="group">{heading}</h2>
          <ul>
            {group.map((entry) => (
              <li key={entry.id}>
                <EntryRow entry={entry} onOpen={() => setOpen(entry)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {open && (
        <EntryDialog
          entry={open}
          onClose={() => setOpen(undefined)}
          onRemove={() => remove([open], t('history.deleted'))}
        />
      )}
    </section>
  );
}

function matches({ answer, note, fileName }: Entry, words: string): boolean {
  const text = [answer?.title, answer?.artist, answer?.album, note, fileName].join(' ').toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function byDay(entries: Entry[]): [string, Entry[]][] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const heading = day(entry.at, Date.now());
    days.set(heading, [...(days.get(heading) ?? []), entry]);
  }
  return [...days];
}
