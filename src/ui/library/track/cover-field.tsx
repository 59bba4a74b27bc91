import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { thumbnailOf } from '../../../learn/thumbnail.ts';
import type { Track } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Cover, coversChanged } from '../../parts/cover.tsx';
import { faultText } from '../../parts/notices/fault-text.ts';
import { useServices } from '../../services.ts';
import './cover-field.css';

const isPicture = ({ type }: { type: string }) => type.startsWith('image/');

/** The cover of a song: chosen, pasted anywhere in the dialog, or dropped here. */
export function CoverField({ track }: { track: Track }): JSX.Element {
  const { engine } = useServices();
  const [isOver, setOver] = useState(false);
  const [shown, setShown] = useState(track);
  /** Shown here: the message at the bottom of the screen would be behind the dialog. */
  const [fault, setFault] = useState('');
  const input = useRef<HTMLInputElement>(null);

  const put = async (cover: Blob | undefined) => {
    setFault('');
    await engine.setCover(track.id, cover);
    coversChanged.set(coversChanged.value + 1);
    setShown({ ...track, hasCover: cover !== undefined });
  };
  const take = async (files: Iterable<File> | null | undefined) => {
    const picture = [...(files ?? [])].find(isPicture);
    if (!picture) return;
    try {
      const cover = await thumbnailOf({ bytes: new Uint8Array(await picture.arrayBuffer()), type: picture.type });
      if (cover) await put(cover);
      else setFault(t('track.cover.unreadable', { name: picture.name }));
    } catch (error) {
      setFault(faultText((error as Error).name));
    }
  };
  useEffect(() => {
    const paste = (event: ClipboardEvent) => void take(event.clipboardData?.files);
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, [track.id]);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    void take(event.dataTransfer?.files);
  };

  return (
    <fieldset
      class="cover-field"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <legend class="unseen">{t('track.cover')}</legend>
      <Cover track={shown} large />
      <div>
        <p class="soft">{t('track.cover.hint')}</p>
        <Button icon="file" onClick={() => input.current?.click()}>
          {t('track.cover.choose')}
        </Button>
        {shown.hasCover && (
          <Button kind="quiet" onClick={() => put(undefined).catch(({ name }) => setFault(faultText(name)))}>
            {t('track.cover.remove')}
          </Button>
        )}
        {fault && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*"
        onChange={({ currentTarget }) => void take(currentTarget.files)}
      />
    </fieldset>
  );
}
