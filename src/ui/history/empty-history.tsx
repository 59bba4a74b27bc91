import type { JSX } from 'preact';
import { t } from '../messages/messages.ts';
import './empty-history.css';
import { EntryBody } from './entry-row.tsx';

/** Nothing was heard yet: what an entry will look like. */
export function EmptyHistory(): JSX.Element {
  const sample = {
    id: 0,
    at: new Date().setHours(21, 14),
    source: 'microphone' as const,
    answer: {
      trackId: -1,
      contentId: '39a7c50e81d2f4b6',
      title: t('history.empty.sample'),
      artist: t('history.empty.sampleArtist'),
      positionSeconds: 72,
      confidence: 0.996,
      speed: 1,
    },
  };
  return (
    <section class="empty-history" aria-label={t('place.history')}>
      <div class="entry-row">
        <EntryBody entry={sample} />
      </div>
      <h1>{t('history.empty.title')}</h1>
      <p class="soft">{t('history.empty.text')}</p>
    </section>
  );
}
