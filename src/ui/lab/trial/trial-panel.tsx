import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { LONGEST_SECONDS, type TrialOptions, type TrialProgress, type TrialResult } from '../../../lab/lab-api.ts';
import type { Track } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { number, span } from '../../parts/localized.ts';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { tell } from '../../parts/notices/toast.tsx';
import { Progress } from '../../parts/progress.tsx';
import { useCell } from '../../parts/state/cell.ts';
import { useServices } from '../../services.ts';
import type { LabModel } from '../lab-model.ts';
import { TrialForm } from './trial-form.tsx';
import { TrialOutcome } from './trial-outcome.tsx';
import { MOST_SONGS, songsToTry, takeFilesOfSongs, trialSongs } from './trial-songs.ts';

type Trial =
  | { name: 'idle' }
  | { name: 'running'; progress: TrialProgress; stop: () => void }
  | { name: 'done'; result: TrialResult };

/** dejavu's own test on the person's library: clips of 1 to n seconds from random places. */
export function TrialPanel({ model }: { model: LabModel }): JSX.Element {
  const { engine, libraryVersion } = useServices();
  const version = useCell(libraryVersion);
  const [songs, setSongs] = useState<Track[]>([]);
  const [trial, setTrial] = useState<Trial>({ name: 'idle' });
  const look = () => songsToTry(engine).then(setSongs, showFault);
  useEffect(() => void look(), [version]);

  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (options: TrialOptions) => {
    const abort = new AbortController();
    running.current = abort;
    const stop = () => {
      abort.abort();
      setTrial({ name: 'idle' });
    };
    const show = (progress: TrialProgress) => {
      if (!abort.signal.aborted) setTrial({ name: 'running', progress, stop });
    };
    show({ done: 0, total: 1 });
    try {
      const chosen = await trialSongs(songs, options.seed);
      const result = await (await model.lab).trial(chosen, options, show, abort.signal);
      setTrial({ name: 'done', result });
    } catch (error) {
      if (abort.signal.aborted) return;
      setTrial({ name: 'idle' });
      showFault(error);
    }
  };
  return (
    <section class="lab-trial" aria-labelledby="lab-trial">
      <h2 id="lab-trial">{t('lab.trial')}</h2>
      <p class="soft">{t('lab.trial.text')}</p>
      <p class="number">{t('lab.trial.songs', { count: songs.length })}</p>
      <p class="soft number">{t('lab.trial.limits', { songs: number(MOST_SONGS), time: span(LONGEST_SECONDS) })}</p>
      <ShowFiles onShown={look} />
      {trial.name === 'running' ? (
        <div class="lab-running">
          <Progress {...trial.progress} label={t('lab.trial')} />
          <p class="soft number">{t('lab.trial.progress', { ...trial.progress })}</p>
          <Button onClick={trial.stop}>{t('lab.trial.stop')}</Button>
        </div>
      ) : (
        <TrialForm isPossible={songs.length > 0} onRun={run} />
      )}
      <div role="status">{trial.name === 'done' && <span class="unseen">{t('lab.trial.done')}</span>}</div>
      {trial.name === 'done' && <TrialOutcome result={trial.result} />}
    </section>
  );
}

/** In browsers without file handles, the user chooses the files once. */
function ShowFiles({ onShown }: { onShown: () => void }): JSX.Element {
  const { engine } = useServices();
  const input = useRef<HTMLInputElement>(null);
  const take = async ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    try {
      const count = await takeFilesOfSongs(engine, [...(currentTarget.files ?? [])]);
      tell({ text: t('lab.trial.shown', { count }) });
      onShown();
    } catch (error) {
      showFault(error);
    }
    currentTarget.value = '';
  };
  return (
    <div>
      <Button icon="file" onClick={() => input.current?.click()}>
        {t('lab.trial.files')}
      </Button>
      <input ref={input} type="file" multiple hidden accept="audio/*,video/*,.opus,.flac,.mkv" onChange={take} />
    </div>
  );
}
