import type { JSX } from 'preact';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import './empty-shelf.css';
import { isAdding } from './take-files.ts';

/** A library without songs: what goes here, and how. */
export function EmptyShelf(): JSX.Element {
  return (
    <section class="empty-shelf" aria-label={t('place.library')}>
      <Shelf />
      <h1>{t('library.empty.title')}</h1>
      <p class="soft">{t('library.empty.text')}</p>
      <Button kind="main" icon="plus" onClick={() => isAdding.set(true)}>
        {t('library.add')}
      </Button>
    </section>
  );
}

/** Records on a shelf; one leans out, and its stars show. */
function Shelf(): JSX.Element {
  const backs = [30, 48, 62, 82, 96, 112];
  return (
    <svg viewBox="0 0 220 120" aria-hidden="true">
      <path d="M12 104h196" />
      {backs.map((x, i) => (
        <path key={x} d={`M${x} 104V${[34, 28, 40, 30, 36, 30][i]}h${[12, 9, 14, 9, 11, 10][i]}V104`} />
      ))}
      <g transform="rotate(14 150 104)">
        <path d="M130 104V36h64v68z" />
        <path class="shelf-line" d="M142 88 154 62 168 76 182 50" />
        <circle cx="142" cy="88" r="3.5" />
        <circle cx="154" cy="62" r="3" />
        <circle cx="168" cy="76" r="2.5" />
        <circle class="shelf-strong" cx="182" cy="50" r="5.5" />
      </g>
    </svg>
  );
}
