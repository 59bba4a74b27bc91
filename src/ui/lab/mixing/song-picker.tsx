import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Track } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Cover } from '../../parts/cover.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { SearchField } from '../../parts/fields/search-field.tsx';
import { clock } from '../../parts/localized.ts';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { useServices } from '../../services.ts';
import type { Choice, LabModel } from '../lab-model.ts';
import { RecordButton } from './record-button.tsx';

const SHOWN = 50;

/** A song of the library, any file, or a recording made now. */
export function SongPicker(props: { model: LabModel; side: number; title: string; onClose: () => void }): JSX.Element {
  const { model, side, title, onClose } = props;
  const { engine } = useServices();
  const [search, setSearch] = useState('');
  const [tracks, setTracks] = useState<Track[]>([]);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    let isCurrent = true;
    const asked = engine.tracks({ search, sort: 'title', offset: 0, limit: SHOWN });
    asked.then(({ rows }) => isCurrent && setTracks(rows), showFault);
    return () => {
      isCurrent = false;
    };
  }, [search]);

  const choose = (choice: Choice) => {
    void model.choose(side, choice);
    onClose();
  };
  const take = ({ currentTarget: { files } }: { currentTarget: HTMLInputElement }) => {
    if (files?.[0]) choose({ file: files[0] });
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="lab-sources">
        <Button icon="file" onClick={() => input.current?.click()}>
          {t('lab.file')}
        </Button>
        <RecordButton onRecorded={(recording) => choose({ recording, name: t('lab.recording') })} />
        <input ref={input} type="file" hidden accept="audio/*,video/*,.opus,.flac,.mkv" onChange={take} />
      </div>
      <SearchField label={t('library.search')} value={search} onInput={setSearch} />
      <ul class="lab-tracks">
        {tracks.map((track) => (
          <li key={track.id}>
            <button type="button" class="lab-track" onClick={() => choose({ track })}>
              <Cover track={track} />
              <span>
                <strong dir="auto">{track.title}</strong>
                <small class="soft" dir="auto">
                  {track.artist ?? t('track.unknownArtist')}
                </small>
              </span>
              <span class="number soft">{clock(track.seconds)}</span>
            </button>
          </li>
        ))}
      </ul>
      {tracks.length === 0 && (
        <p class="soft">{search ? t('library.search.none', { words: search }) : t('lab.empty')}</p>
      )}
    </Dialog>
  );
}
