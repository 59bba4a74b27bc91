import type { JSX } from 'preact';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icons/icon.tsx';
import { Progress } from '../../parts/progress.tsx';
import { useCell } from '../../parts/state/cell.ts';
import { linkTo } from '../../route.ts';
import { useServices } from '../../services.ts';
import './duplicates.css';
import { duplicateSearch, searchDuplicates } from './duplicate-search.ts';
import { PairCard } from './pair-card.tsx';

/** Pairs shown at once; the next appear as the user decides. */
const SHOWN = 50;

/** Songs that share music, in pairs, and what to do about each. */
export function DuplicatesPage(): JSX.Element {
  const { engine } = useServices();
  const state = useCell(duplicateSearch);
  return (
    <section class="duplicates" aria-label={t('duplicates.title')}>
      <a class="track-back" href={linkTo({ place: 'library' })}>
        <Icon name="back" size={20} />
        {t('place.library')}
      </a>
      <h1>{t('duplicates.title')}</h1>
      {state.name !== 'done' && <p class="soft">{t('duplicates.text')}</p>}
      {state.name === 'searching' ? (
        <div class="duplicates-progress">
          <Progress {...state.progress} label={t('duplicates.title')} />
          <p class="soft number">{t('duplicates.progress', { ...state.progress })}</p>
          <Button onClick={state.stop}>{t('duplicates.stop')}</Button>
        </div>
      ) : (
        <div>
          <Button kind={state.name === 'idle' ? 'main' : 'plain'} onClick={() => void searchDuplicates(engine)}>
            {t('duplicates.find')}
          </Button>
        </div>
      )}
      <p role="status" class="number">
        {state.name === 'done' &&
          (state.pairs.length ? t('duplicates.found', { count: state.pairs.length }) : t('duplicates.none'))}
      </p>
      {state.name === 'done' && (
        <ul class="duplicate-pairs">
          {state.pairs.slice(0, SHOWN).map((pair) => (
            <li key={`${pair.track.id} ${pair.other.id}`}>
              <PairCard pair={pair} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
