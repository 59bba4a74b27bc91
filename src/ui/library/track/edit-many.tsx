import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TrackEdit } from '../../../engine/api.ts';
import type { Track, TrackId } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { faultText } from '../../parts/notices/fault-text.ts';
import { showFault } from '../../parts/notices/fault-toast.ts';
import '../../parts/fields/form.css';
import { useServices } from '../../services.ts';
import './edit-many.css';
import { patternFields, tagsByPattern } from './tag-pattern.ts';

/** Effects of the pattern that are shown before it is applied. */
const SHOWN = 6;
const texts = ['artist', 'album'] as const;

/** Tags of many songs at once: the same for all, or out of their file names. */
export function EditMany({ ids, onClose }: { ids: TrackId[]; onClose: () => void }): JSX.Element {
  const { engine } = useServices();
  const [tracks, setTracks] = useState<Track[]>([]);
  const [pattern, setPattern] = useState('');
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    Promise.all(ids.map((id) => engine.track(id))).then(
      (found) => setTracks(found.flatMap((track) => track ?? [])),
      showFault,
    );
  }, []);

  const fitting = tracks.flatMap((track) => {
    const changes = tagsByPattern(pattern, track.fileName);
    return changes ? { id: track.id, name: track.fileName, changes } : [];
  });
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const same = tagsOf(new FormData(event.currentTarget as HTMLFormElement));
    const edits: TrackEdit[] = [
      ...(Object.keys(same).length ? ids.map((id) => ({ id, changes: same })) : []),
      ...fitting.map(({ id, changes }) => ({ id, changes })),
    ];
    engine.editMany(edits).then(onClose, (error) => setFault(faultText(error.name)));
  };

  return (
    <Dialog title={t('library.edit.many', { count: ids.length })} onClose={onClose}>
      <form class="form" onSubmit={save}>
        <p class="soft">{t('library.edit.hint')}</p>
        {texts.map((name) => (
          <label key={name} class="field">
            <span>{t(`track.${name}`)}</span>
            <input name={name} placeholder={t('library.edit.unchanged')} />
          </label>
        ))}
        <label class="field">
          <span>{t('track.year')}</span>
          <input
            name="year"
            inputMode="numeric"
            pattern="\d{1,4}"
            placeholder={t('library.edit.unchanged')}
            onInvalid={(event) => event.currentTarget.setCustomValidity(t('track.year.wrong'))}
            onInput={(event) => event.currentTarget.setCustomValidity('')}
          />
        </label>
        <PatternField pattern={pattern} onInput={setPattern} />
        {pattern && <Effect fitting={fitting} total={tracks.length} />}
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

/** The tags that are filled in; they are the same for all songs. */
function tagsOf(form: FormData): TrackEdit['changes'] {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return {
    ...Object.fromEntries(texts.flatMap((name) => (text(name) ? [[name, text(name)]] : []))),
    ...(text('year') ? { year: Number.parseInt(text('year'), 10) } : {}),
  };
}

function PatternField({ pattern, onInput }: { pattern: string; onInput: (pattern: string) => void }): JSX.Element {
  return (
    <>
      <label class="field">
        <span>{t('library.edit.pattern')}</span>
        <input
          dir="ltr"
          value={pattern}
          placeholder="{artist} - {title}"
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      </label>
      <div class="pattern-fields">
        {patternFields.map((name) => (
          <button key={name} type="button" onClick={() => onInput(`${pattern}{${name}}`)}>
            {t(name === 'track' ? 'track.number' : `track.${name}`)}
          </button>
        ))}
      </div>
    </>
  );
}

function Effect(props: { fitting: { id: number; name: string; changes: TrackEdit['changes'] }[]; total: number }) {
  const { fitting, total } = props;
  return (
    <div class="pattern-effect">
      <p role="status">{t('library.edit.fits', { count: fitting.length, total })}</p>
      <ul>
        {fitting.slice(0, SHOWN).map(({ id, name, changes }) => (
          <li key={id}>
            <bdi class="soft">{name}</bdi>
            <span>
              {Object.entries(changes)
                .map(
                  ([tag, value]) =>
                    `${t(tag === 'trackNumber' ? 'track.number' : `track.${tag as 'title'}`)}: ${value}`,
                )
                .join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
