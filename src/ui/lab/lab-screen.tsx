import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { DemoButton } from '../adding/demo-button.tsx';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { showFault } from '../parts/notices/fault-toast.ts';
import { useCell } from '../parts/state/cell.ts';
import { useServices } from '../services.ts';
import '../history/statistics/charts.css';
import '../settings/settings-page.css';
import './lab.css';
import './mixing/mixing.css';
import './findings/lab-stage.css';
import './findings/findings.css';
import './lab-plots.css';
import { CurvesPanel } from './curves-panel.tsx';
import { Findings } from './findings/lab-findings.tsx';
import { LabModel } from './lab-model.ts';
import { useLabPlayer } from './lab-player.ts';
import { songToBeginWith } from './lab-songs.ts';
import { MixControls } from './mixing/mix-controls.tsx';
import { SongSlot } from './mixing/song-slot.tsx';
import { TrialPanel } from './trial/trial-panel.tsx';

/**
 * Shows how recognition works: a song is mixed and distorted, and the search for it is drawn. `detail`: the number of a song to begin
 * with.
 */
export function LabScreen({ detail }: { detail?: string }): JSX.Element {
  const { engine, songCount } = useServices();
  const songs = useCell(songCount);
  const [model, setModel] = useState<LabModel>();
  useEffect(() => {
    const opened = new LabModel(engine);
    setModel(opened);
    return () => opened.end();
  }, []);
  return (
    <section class="lab" aria-label={t('lab.title')}>
      <header>
        <h1>{t('lab.title')}</h1>
        <p class="soft">{t('lab.text')}</p>
      </header>
      {model && <Bench {...{ model, detail }} />}
      {model && Boolean(songs) && <TrialPanel model={model} />}
    </section>
  );
}

function Bench({ model, detail }: { model: LabModel; detail?: string }): JSX.Element {
  const { engine, songCount, libraryVersion } = useServices();
  const state = useCell(model.state);
  const songs = useCell(songCount);
  const version = useCell(libraryVersion);
  const player = useLabPlayer(state.result?.clip);
  const [first] = state.slots;
  useEffect(() => {
    const asked = detail ? engine.track(Number(detail)) : songToBeginWith(engine);
    asked.then((track) => track && !model.state.value.slots[0] && void model.choose(0, { track }), showFault);
  }, [version, detail]);

  return (
    <div class="lab-bench">
      <div class="lab-side">
        {songs === 0 && !first && (
          <div class="lab-missing">
            <p class="soft">{t('lab.empty')}</p>
            <DemoButton />
          </div>
        )}
        <SongSlot {...{ model, state }} side={0} />
        {first && <SongSlot {...{ model, state }} side={1} />}
        {first?.sound && (
          <>
            <Button
              kind="main"
              icon={player.isPlaying ? 'pause' : 'play'}
              disabled={!state.result}
              onClick={player.toggle}
            >
              {t(player.isPlaying ? 'lab.pause' : 'lab.play')}
            </Button>
            <MixControls {...{ model, state }} />
          </>
        )}
      </div>
      {first?.sound && (
        <Findings {...{ state, player }}>
          <CurvesPanel {...{ model, state }} />
        </Findings>
      )}
    </div>
  );
}
