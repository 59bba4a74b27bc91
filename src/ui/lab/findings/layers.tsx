import type { JSX } from 'preact';
import type { Examination, ExaminedCandidate } from '../../../engine/api.ts';
import { t } from '../../messages/messages.ts';
import { Check } from '../../parts/fields/check.tsx';
import { number } from '../../parts/localized.ts';
import { type PictureLayer, pictureLayers } from './picture-layers.ts';

const layerNames = [...pictureLayers, 'votes', 'fit', 'others'] as const;
export type Layer = PictureLayer | 'votes' | 'fit' | 'others';

/** A switch for each layer, with one sentence that says what it shows. */
export function Layers(props: {
  examination: Examination;
  candidate?: ExaminedCandidate;
  layers: Layer[];
  toggle: (layer: Layer) => void;
}): JSX.Element {
  const { examination, candidate, layers, toggle } = props;
  const sentences: Record<Layer, string> = {
    peaks: t('lab.peaks.text', { count: examination.peaks.frames.length }),
    pairs: t('lab.pairs.text', {
      total: number(examination.pairs.frames.length),
      count: candidate?.agreeing.frames.length ?? 0,
    }),
    print: t('lab.print.text', {
      seen: number(candidate?.isSeen.reduce((sum, is) => sum + is, 0) ?? 0),
      count: candidate?.isSeen.length ?? 0,
    }),
    tones: t('lab.tones.text'),
    votes: t('lab.votes.text'),
    fit: t('lab.fit.text'),
    others: t('lab.others.text'),
  };
  return (
    <fieldset class="lab-layers">
      <legend>{t('lab.layers')}</legend>
      {layerNames.map((layer) => (
        <label key={layer} class="lab-layer" data-layer={layer}>
          <Check isOn={layers.includes(layer)} onChange={() => toggle(layer)} />
          <span>
            <strong>{t(`lab.${layer}`)}</strong>
            <small class="soft">{sentences[layer]}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
