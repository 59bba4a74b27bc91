import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TrackId } from '../../../types.ts';
import type { LabState } from '../lab-model.ts';
import type { LabPlayer } from '../lab-player.ts';
import { Decision } from './decision.tsx';
import { LabPicture } from './lab-picture.tsx';
import { Verdict } from './lab-verdict.tsx';
import { type Layer, Layers } from './layers.tsx';
import { OtherCandidates } from './other-candidates.tsx';
import { pictureLayers } from './picture-layers.ts';
import { FitChart, VoteChart } from './vote-charts.tsx';

/** What is found in the clip, and why. */
export function Findings(props: { state: LabState; player: LabPlayer; children: ComponentChildren }): JSX.Element {
  const { state, player, children } = props;
  const [layers, setLayers] = useState<Layer[]>(['peaks', 'print', 'votes', 'fit', 'others']);
  const [chosen, setChosen] = useState<TrackId>();
  const examination = state.result?.examination;
  const candidates = examination?.candidates ?? [];
  const candidate = candidates.find(({ track }) => track.id === chosen) ?? candidates[0];
  const isOn = (layer: Layer) => layers.includes(layer);
  const toggle = (layer: Layer) =>
    setLayers(isOn(layer) ? layers.filter((each) => each !== layer) : [...layers, layer]);
  return (
    <div class="lab-findings" aria-busy={state.isWorking}>
      <div class="lab-stage">
        <Verdict {...{ examination }} />
        <LabPicture {...{ examination, candidate, player }} layers={pictureLayers.filter(isOn)} />
      </div>
      {examination && (
        <>
          <Layers {...{ examination, candidate, layers, toggle }} />
          <div class="lab-charts">
            {isOn('votes') && <VoteChart {...{ examination, candidate }} />}
            {isOn('fit') && candidate && <FitChart {...{ candidate }} />}
          </div>
          <div class="lab-charts">
            {candidate && <Decision {...{ candidate }} />}
            {isOn('others') && candidates.length > 1 && (
              <OtherCandidates {...{ candidates, candidate }} onChoose={setChosen} />
            )}
          </div>
          {children}
        </>
      )}
    </div>
  );
}
