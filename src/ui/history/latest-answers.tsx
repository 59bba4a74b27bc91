import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../messages/messages.ts';
import { useCell } from '../parts/cell.ts';
import { showFault } from '../parts/fault-toast.ts';
import { go, linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import { EntryRow } from './entry-row.tsx';
import './latest-answers.css';
import type { Entry } from './store.ts';

const SHOWN = 20;

/** What was heard last, beside the Listen button where there is room. */
export function LatestAnswers(): JSX.Element | null {
  const { history } = useServices();
  const version = useCell(history.version);
  const [entries, setEntries] = useState<Entry[]>();
  useEffect(() => {
    history.list().then((all) => setEntries(all.slice(0, SHOWN)), showFault);
  }, [version]);
  if (!entries) return null;
  return (
    <section class="latest" aria-label={t('history.latest')}>
      <header>
        <h2>{t('history.latest')}</h2>
        {entries.length > 0 && <a href={linkTo({ place: 'history' })}>{t('place.history')}</a>}
      </header>
      {entries.length === 0 && <p class="soft">{t('history.latest.none')}</p>}
      <ul>
        {entries.map((entry) => (
          <li key={entry.id}>
            <EntryRow entry={entry} onOpen={() => open(entry)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function open({ answer }: Entry) {
  if (answer) go({ place: 'track', detail: String(answer.trackId) });
  else go({ place: 'history' });
}
