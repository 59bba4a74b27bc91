import type { JSX } from 'preact';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Choice } from '../../parts/fields/choice.tsx';
import { number, percent } from '../../parts/localized.ts';
import { type LabModel, type LabState, plainSettings } from '../lab-model.ts';
import { Slider } from './slider.tsx';

/** The slider of the room goes one step further down to "none". */
const NO_ROOM = -21;

const signed = (value: number, digits = 0) =>
  number(Math.round(value * 10 ** digits) / 10 ** digits || 0, {
    signDisplay: 'exceptZero',
    maximumFractionDigits: digits,
  });
const semitonesOf = (pitch: number) => 12 * Math.log2(pitch);

/** What is done to the sound. */
export function MixControls({ model, state }: { model: LabModel; state: LabState }): JSX.Element {
  const { settings, slots } = state;
  const { seconds, ratioDb, noise, noiseDb, roomDb, speed, pitch } = settings;
  const [first, second] = slots;
  const decibels = (value: number) => t('lab.decibels', { value: signed(value) });
  return (
    <div class="lab-controls">
      {first && second && (
        <Slider
          label={t('lab.ratio')}
          {...{ min: -20, max: 20, step: 1, value: ratioDb }}
          text={
            ratioDb === 0
              ? t('lab.ratio.same')
              : t('lab.ratio.louder', {
                  title: (ratioDb > 0 ? first : second).name,
                  value: decibels(Math.abs(ratioDb)),
                })
          }
          onInput={(value) => model.set({ ratioDb: value })}
        />
      )}
      <Slider
        label={t('lab.length')}
        {...{ min: 1, max: 10, step: 0.5, value: seconds }}
        text={t('lab.seconds', { seconds: number(seconds) })}
        onInput={(value) => model.set({ seconds: value })}
      />
      <Choice
        label={t('lab.noise')}
        value={noise ?? 'none'}
        options={{
          none: t('lab.noise.none'),
          talkers: t('lab.noise.talkers'),
          pink: t('lab.noise.pink'),
          white: t('lab.noise.white'),
        }}
        onChange={(kind) => model.set({ noise: kind === 'none' ? undefined : kind })}
      />
      {noise && (
        <Slider
          label={t('lab.noise.level')}
          {...{ min: -30, max: 24, step: 1, value: noiseDb }}
          text={decibels(noiseDb)}
          onInput={(value) => model.set({ noiseDb: value })}
        />
      )}
      <Slider
        label={t('lab.room')}
        {...{ min: NO_ROOM, max: 9, step: 3, value: roomDb ?? NO_ROOM }}
        text={roomDb === undefined ? t('lab.noise.none') : decibels(roomDb)}
        onInput={(value) => model.set({ roomDb: value === NO_ROOM ? undefined : value })}
      />
      <Slider
        label={t('lab.speed')}
        {...{ min: 0.9, max: 1.1, step: 0.005, value: speed }}
        text={percent(speed, 1)}
        onInput={(value) => model.set({ speed: Math.round(value * 1000) / 1000 })}
      />
      <Slider
        label={t('lab.pitch')}
        {...{ min: -2, max: 2, step: 0.1, value: semitonesOf(pitch) }}
        text={t('lab.semitones', { value: signed(semitonesOf(pitch), 1) })}
        onInput={(value) => model.set({ pitch: value === 0 ? 1 : 2 ** (value / 12) })}
      />
      <div>
        <Button kind="quiet" onClick={() => model.set({ noise: undefined, roomDb: undefined, ...plainSettings })}>
          {t('lab.reset')}
        </Button>
      </div>
    </div>
  );
}
