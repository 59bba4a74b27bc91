import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Session } from '../../engine/api.ts';
import { t } from '../messages/messages.ts';
import { IconButton } from '../parts/button.tsx';
import { AnswerForm } from './answer-form.tsx';
import { Charts } from './statistics/charts.tsx';
import './history-pane.css';
import { titleOf } from './session-words.ts';

/** Beside the list: the answer that was chosen, else the charts. Esc leads back to the charts. */
export function HistoryPane(props: { open?: Session; onClose: () => void; onRemove: () => void }): JSX.Element {
  const { open, onClose, onRemove } = props;
  const pane = useRef<HTMLElement>(null);
  const close = () => {
    // The focused button or field is about to disappear.
    if (pane.current?.contains(document.activeElement))
      pane.current.parentElement?.querySelector<HTMLElement>('[aria-current]')?.focus();
    onClose();
  };
  return (
    <aside
      ref={pane}
      class="history-pane scroller"
      aria-label={open ? t('library.detail') : t('charts.title')}
      onKeyDown={(event) => event.key === 'Escape' && open && close()}
    >
      <header>
        <h2>
          <bdi>{open ? titleOf(open) : t('charts.title')}</bdi>
        </h2>
        {open && <IconButton icon="close" label={t('do.close')} onClick={close} />}
      </header>
      {open ? <AnswerForm key={open.id} session={open} onClose={close} onRemove={onRemove} /> : <Charts />}
    </aside>
  );
}
