import type { JSX } from 'preact';
import { confidenceWord } from '../listen/answer/answer-words.ts';
import { t } from '../messages/messages.ts';
import { Cover } from '../parts/cover.tsx';
import { Icon } from '../parts/icon.tsx';
import { timeOfDay } from '../parts/localized.ts';
import './entry-row.css';
import type { Entry } from './store.ts';

export function EntryRow({ entry, onOpen }: { entry: Entry; onOpen?: () => void }): JSX.Element {
  return (
    <button type="button" class="entry-row" disabled={!onOpen} onClick={onOpen}>
      <EntryBody entry={entry} />
    </button>
  );
}

export function EntryBody({ entry }: { entry: Entry }): JSX.Element {
  const { answer, at, seconds, note } = entry;
  const until = seconds && t('history.until', { time: timeOfDay(at + seconds * 1000) });
  return (
    <>
      {answer ? (
        // Covers are only loaded when the song is opened, which keeps the list fast.
        <Cover track={{ id: answer.trackId, contentId: answer.contentId, hasCover: false }} />
      ) : (
        <span class="entry-none">
          <Icon name="search" />
        </span>
      )}
      <span class="entry-names">
        <span class="entry-title">{answer?.title ?? t('history.none')}</span>
        <span class="entry-by">
          {answer
            ? [answer.artist, confidenceWord(answer.confidence), until].filter(Boolean).join(', ')
            : entry.fileName}
        </span>
        {note && <span class="entry-note">{note}</span>}
      </span>
      <span class="number soft">{timeOfDay(at)}</span>
    </>
  );
}
