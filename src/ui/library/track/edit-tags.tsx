import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Track } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { faultText } from '../../parts/notices/fault-text.ts';
import '../../parts/fields/form.css';

import { useServices } from '../../services.ts';
import { CoverField } from './cover-field.tsx';

const texts = ['title', 'artist', 'album'] as const;

export function EditTags({ track, onClose }: { track: Track; onClose: () => void }): JSX.Element {
  const { engine } = useServices();
  const [fault, setFault] = useState<string>();
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const changes = {
      title: text('title') || track.title,
      artist: text('artist') || undefined,
      album: text('album') || undefined,
      year: Number.parseInt(text('year'), 10) || undefined,
    };
    engine.edit(track.id, changes).then(onClose, (error) => setFault(faultText(error.name)));
  };
  return (
    <Dialog title={t('track.edit')} onClose={onClose}>
      <form class="form" onSubmit={save}>
        <CoverField track={track} />
        {texts.map((name) => (
          <label key={name} class="field">
            <span>{t(`track.${name}`)}</span>
            <input name={name} defaultValue={track[name] ?? ''} required={name === 'title'} />
          </label>
        ))}
        <label class="field">
          <span>{t('track.year')}</span>
          <input
            name="year"
            inputMode="numeric"
            pattern="\d{1,4}"
            onInvalid={(event) => event.currentTarget.setCustomValidity(t('track.year.wrong'))}
            onInput={(event) => event.currentTarget.setCustomValidity('')}
            defaultValue={track.year ? String(track.year) : ''}
          />
        </label>
        {fault && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
        <Button kind="main" type="submit">
          {t('do.save')}
        </Button>
      </form>
    </Dialog>
  );
}
