import type { JSX } from 'preact';
import { confidenceWord } from '../listen/answer/answer-words.ts';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { useCell } from '../parts/cell.ts';
import { Cover } from '../parts/cover.tsx';
import { faultText } from '../parts/fault-text.ts';
import { Told } from '../parts/live-region.tsx';
import { clock } from '../parts/localized.ts';
import { Progress } from '../parts/progress.tsx';
import { go, linkTo } from '../route.ts';
import { useServices } from '../services.ts';
import './recording-page.css';
import { isFinished, type Report } from './recordings.ts';

/** One recording, or all that are being recognised. */
export function RecordingPage({ id }: { id?: number }): JSX.Element {
  const { recordings } = useServices();
  const reports = useCell(recordings.reports);
  const report = reports.find((one) => one.id === id);
  return report ? <FileReport report={report} /> : <Queue reports={reports} />;
}

function Queue({ reports }: { reports: Report[] }): JSX.Element {
  const { recordings, imports } = useServices();
  const done = reports.filter(isFinished).length;
  const learnAll = () => imports.add(reports.map(({ source }) => source));
  return (
    <section class="file-report" aria-label={t('recording.queue')}>
      <h1>{t('recording.queue')}</h1>
      {done < reports.length && <Progress total={reports.length} done={done} label={t('recording.queue')} />}
      <ol>
        {reports.map((report) => (
          <li key={report.id}>
            <a class="track-row" href={linkTo({ place: 'recording', detail: String(report.id) })}>
              <span class="track-row-names">
                <span class="track-row-title">{report.fileName}</span>
                <span class="track-row-by">{stateOf(report)}</span>
              </span>
            </a>
          </li>
        ))}
      </ol>
      <div class="recording-ways">
        {done < reports.length && <Button onClick={() => recordings.stop()}>{t('do.cancel')}</Button>}
        <Button icon="plus" onClick={learnAll}>
          {t('recording.learn')}
        </Button>
      </div>
    </section>
  );
}

function stateOf({ state, played, seconds, fault }: Report): string {
  if (fault) return faultText(fault);
  if (state === 'waiting') return t('import.row.waiting');
  const found = t('recording.songs', { count: played.length });
  return seconds ? `${found}, ${clock(seconds)}` : found;
}

/** The songs in a file, in their order. */
function FileReport({ report }: { report: Report }): JSX.Element {
  const { recordings, imports } = useServices();
  const { id, source, heardSeconds, seconds, played, isDone, fault } = report;
  return (
    <section class="file-report" aria-label={report.fileName}>
      <h1>{headline(report)}</h1>
      <Told text={headline(report)} />
      {!isDone && (
        <>
          <Progress total={seconds ?? 1} done={seconds ? heardSeconds : undefined} label={report.fileName} />
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
      <div class="recording-ways">
        {isDone ? (
          <Button kind="main" onClick={() => go({ place: 'listen' })}>
            {t('do.done')}
          </Button>
        ) : (
          <Button onClick={() => recordings.stop(id)}>{t('do.cancel')}</Button>
        )}
        {isDone && (
          <Button icon="plus" onClick={() => imports.add([source])}>
            {t('recording.learn')}
          </Button>
        )}
      </div>
    </section>
  );
}

function headline({ fileName: name, played, isDone }: Report): string {
  if (!isDone) return t('listen.file.reading', { name });
  return played.length ? t('listen.file.found', { count: played.length, name }) : t('listen.file.none', { name });
}
