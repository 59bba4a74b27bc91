import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { LONGEST_SECONDS } from '../../../lab/lab-api.ts';
import { takeShownFile } from '../../adding/show-file.ts';
import { t } from '../../messages/messages.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Cover } from '../../parts/cover.tsx';
import { clock, span } from '../../parts/localized.ts';
import { Progress } from '../../parts/progress.tsx';
import type { LabModel, LabState, Slot } from '../lab-model.ts';
import { Slider } from './slider.tsx';
import { SongPicker } from './song-picker.tsx';

/** One of the sounds that are mixed: what it is, and from where it is taken. */
export function SongSlot({ model, state, side }: { model: LabModel; state: LabState; side: number }): JSX.Element {
  const [isChoosing, setChoosing] = useState(false);
  const slot = state.slots[side];
  const label = t(side === 0 ? 'lab.first' : 'lab.second');
  return (
    <div class="lab-slot">
      {slot ? (
        <>
          <div class="lab-song">
            {slot.track && <Cover track={slot.track} />}
            <div>
              <p class="soft">{label}</p>
              <p class="lab-song-name" dir="auto">
                {slot.name}
              </p>
            </div>
            <IconButton icon="pencil" label={`${t('lab.choose')}: ${label}`} onClick={() => setChoosing(true)} />
            {side > 0 && (
              <IconButton icon="close" label={`${t('lab.remove')}: ${label}`} onClick={() => model.remove(side)} />
            )}
          </div>
          <Loading {...{ model, slot, side }} />
          {slot.sound && slot.sound.seconds >= LONGEST_SECONDS && (
            <p class="soft number">{t('lab.longest', { time: span(LONGEST_SECONDS) })}</p>
          )}
          {slot.sound && (
            <Slider
              label={t('lab.from')}
              min={0}
              max={Math.max(0, Math.floor(slot.sound.seconds - state.settings.seconds))}
              step={0.5}
              value={slot.fromSeconds}
              text={clock(slot.fromSeconds)}
              onInput={(seconds) => model.move(side, seconds)}
            />
          )}
        </>
      ) : (
        <Button icon="plus" onClick={() => setChoosing(true)}>
          {side === 0 ? t('lab.choose') : t('lab.add')}
        </Button>
      )}
      {isChoosing && <SongPicker {...{ model, side }} title={label} onClose={() => setChoosing(false)} />}
    </div>
  );
}

/** The file is being decoded, or has to be shown first. */
function Loading({ model, slot, side }: { model: LabModel; slot: Slot; side: number }): JSX.Element | null {
  const input = useRef<HTMLInputElement>(null);
  const { track } = slot;
  const take = async ({ currentTarget: { files } }: { currentTarget: HTMLInputElement }) => {
    const [file] = files ?? [];
    if (file && track && (await takeShownFile(track, file))) await model.choose(side, { track });
  };
  if (slot.state === 'loading') return <Progress done={slot.share} total={1} label={t('lab.loading')} />;
  if (slot.state !== 'missing' || !track) return null;
  return (
    <div class="lab-missing">
      <p class="soft">{t('play.missing', { name: track.fileName })}</p>
      <Button icon="file" onClick={() => input.current?.click()}>
        {t('play.show')}
      </Button>
      <input ref={input} type="file" hidden accept="audio/*,video/*,.opus,.flac,.mkv" onChange={take} />
    </div>
  );
}
