import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Session } from '../../engine/api.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { faultText } from '../parts/notices/fault-text.ts';
import '../parts/fields/form.css';
import { clock, date, percent, timeOfDay } from '../parts/localized.ts';
import { go } from '../route.ts';
import { useServices } from '../services.ts';

/** A single answer: what was heard, a note to it, and the way to the song. Needs a heading with its title. */
export function AnswerForm(props: { session: Session; onClose: () => void; onRemove: () => void }): JSX.Element {
  const { engine } = useServices();
  const { session } = props;
  const [stretch] = session.stretches;
  const [fault, setFault] = useState<string>();
  const [note, setNote] = useState(session.note ?? '');

  const save = async (event: Event) => {
    event.preventDefault();
    try {
      // It may have changed while the note was written.
      const now = (await engine.sessions.get(session.id)) ?? session;
      await engine.sessions.save({ ...now, note: note.trim() || undefined });
      props.onClose();
    } catch (error) {
      console.error(error);
      setFault(faultText((error as Error).name));
    }
  };
  const trackId = stretch?.track.id;

  return (
    <form class="form" onSubmit={save}>
      <p class="soft number">
        {[
          `${date(session.began)}, ${timeOfDay(session.began)}`,
          stretch && t('history.heard', { time: clock(stretch.trackSeconds) }),
          stretch && percent(stretch.confidence, 1),
          stretch?.verdict && t(`verdict.${stretch.verdict}`),
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
        {trackId !== undefined && (
          <Button onClick={() => go({ place: 'track', detail: String(trackId) })}>{t('history.open')}</Button>
        )}
        <Button kind="danger" icon="trash" onClick={props.onRemove}>
          {t('do.delete')}
        </Button>
      </div>
    </form>
  );
}
