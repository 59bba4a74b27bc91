import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { faultText } from '../parts/fault-text.ts';
import '../parts/form.css';
import { clock, date, percent, timeOfDay } from '../parts/localized.ts';
import { go } from '../route.ts';
import { useServices } from '../services.ts';
import type { Entry } from './store.ts';

/** An entry: what was heard, a note, and a link to the song. */
export function EntryDialog(props: { entry: Entry; onClose: () => void; onRemove: () => void }): JSX.Element {
  const { history } = useServices();
  const { entry } = props;
  const { answer } = entry;
  const [fault, setFault] = useState<string>();
  const [note, setNote] = useState(entry.note ?? '');

  const save = (event: Event) => {
    event.preventDefault();
    history.change(entry.id, { note: note.trim() || undefined }).then(props.onClose, (error) => {
      console.error(error);
      setFault(faultText(error.name));
    });
  };

  return (
    <Dialog title={answer?.title ?? t('history.none')} onClose={props.onClose}>
      <form class="form" onSubmit={save}>
        <p class="soft number">
          {[
            `${date(entry.at)}, ${timeOfDay(entry.at)}`,
            answer && t('history.heard', { time: clock(answer.positionSeconds) }),
            answer && percent(answer.confidence, 1),
          ]
            .filter(Boolean)
            .join(', ')}
        </p>
        <label class="field">
          <span>{t('history.note')}</span>
          <textarea rows={2} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
        </label>
        {fault && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
        <div class="dialog-actions">
          <Button kind="main" type="submit">
            {t('do.save')}
          </Button>
          {answer && (
            <Button onClick={() => go({ place: 'track', detail: String(answer.trackId) })}>{t('history.open')}</Button>
          )}
          <Button kind="danger" icon="trash" onClick={props.onRemove}>
            {t('do.delete')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
