import type { JSX } from 'preact';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Cover } from '../parts/cover.tsx';
import { faultText } from '../parts/fault-text.ts';
import { Told } from '../parts/live-region.tsx';
import { clock } from '../parts/localized.ts';
import { Progress } from '../parts/progress.tsx';
import { linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import { confidenceWord } from './answer-words.ts';
import './file-report.css';
import type { Recording } from './recording.ts';

/** The songs in a file that was dropped here, in their order. */
export function FileReport({ recording }: { recording: Recording }): JSX.Element {
  const { session } = useServices();
  const { fileName, heardSeconds, seconds, played, isDone, fault } = recording;
  return (
    <div class="file-report">
      <h2>{headline(recording)}</h2>
      <Told text={headline(recording)} />
      {!isDone && (
        <>
          <Progress total={seconds ?? 1} done={seconds ? heardSeconds : undefined} label={fileName} />
          <p class="soft number">{clock(heardSeconds)}</p>
        </>
      )}
      {fault && <p class="fault">{faultText(fault)}</p>}
      <ol>
        {played.map(({ track, confidence, fromSeconds, toSeconds }) => (
          <li key={fromSeconds}>
            <a class="track-row" href={linkTo({ place: 'track', detail: String(track.id) })}>
              <Cover track={track} />
              <span class="track-row-names">
                <span class="track-row-title">{track.title}</span>
                <span class="track-row-by">
                  {[track.artist, confidenceWord(confidence)].filter(Boolean).join(', ')}
                </span>
              </span>
              <span class="number soft">
                {clock(fromSeconds)} – {clock(toSeconds)}
              </span>
            </a>
          </li>
        ))}
      </ol>
      <Button kind={isDone ? 'main' : 'plain'} onClick={session.cancel}>
        {t(isDone ? 'do.done' : 'do.cancel')}
      </Button>
    </div>
  );
}

function headline({ fileName: name, played, isDone }: Recording): string {
  if (!isDone) return t('listen.file.reading', { name });
  return played.length ? t('listen.file.found', { count: played.length, name }) : t('listen.file.none', { name });
}
