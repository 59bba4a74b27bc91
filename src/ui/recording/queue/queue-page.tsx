import type { JSX } from 'preact';
import { songsInFiles, songsInFilesCsv } from '../../../sessions/formats/songs-in-files.ts';
import { dated, download } from '../../bundles/save-file.ts';
import { songsIn } from '../../history/session-words.ts';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { listed } from '../../parts/listed.ts';
import { clock, percent } from '../../parts/localized.ts';
import { faultText } from '../../parts/notices/fault-text.ts';
import { Progress } from '../../parts/progress.tsx';
import { linkTo } from '../../route.ts';
import { useServices } from '../../services.ts';
import { isFinished, type RecordingReport } from './recordings.ts';

/** All files of this visit: how far each has come, and what is in all of them together. */
export function QueuePage({ reports }: { reports: RecordingReport[] }): JSX.Element {
  const { recordings, imports } = useServices();
  const done = reports.filter(isFinished).length;
  // What could not be heard at all cannot be learnt.
  const files = reports.flatMap(({ file, fault, session }) => (file && (session || !fault) ? file : []));
  return (
    <section class="recording" aria-label={t('recording.queue')}>
      <h1>{t('recording.queue')}</h1>
      {reports.length === 0 && <p class="soft">{t('recording.queue.empty')}</p>}
      {done < reports.length && (
        <Progress total={reports.length} done={doneShare(reports)} label={t('recording.queue')} />
      )}
      <ul class="queue-list">
        {reports.map((report) => (
          <li key={report.id}>
            <a class="queue-row" href={linkTo({ place: 'recording', detail: detailOf(report) })}>
              <span class="queue-name" dir="auto">
                {report.name}
              </span>
              <span class="soft number">{stateOf(report)}</span>
            </a>
          </li>
        ))}
      </ul>
      <div class="part-ways">
        {done < reports.length && <Button onClick={() => recordings.stop()}>{t('do.cancel')}</Button>}
        {done > 0 && <Button onClick={recordings.clear}>{t('recording.queue.clear')}</Button>}
        {files.length > 0 && (
          <Button icon="plus" onClick={() => imports.add(files)}>
            {t('recording.learn')}
          </Button>
        )}
      </div>
      <Summary reports={reports} />
    </section>
  );
}

const detailOf = ({ id, session, state }: RecordingReport) =>
  state === 'done' && session?.id ? String(session.id) : `q${id}`;

const doneShare = (reports: RecordingReport[]): number =>
  reports.reduce((sum, report) => sum + (isFinished(report) ? 1 : (report.fraction ?? 0)), 0);

function stateOf({ state, session, seconds, fraction, fault }: RecordingReport): string {
  if (fault && !session) return faultText(fault);
  if (state === 'waiting') return t('import.row.waiting');
  if (state === 'missing') return t('import.row.missing');
  if (state === 'stopped') return t('import.row.cancelled');
  const found = [session && t('recording.songs', { count: songsIn(session) }), clock(seconds)];
  if (fault) found.push(t('history.cut'));
  if (state === 'working' && fraction !== undefined) found.push(percent(fraction));
  return listed(found);
}

/** Which song is in which files, and how long. */
function Summary({ reports }: { reports: RecordingReport[] }): JSX.Element | null {
  const sessions = reports.flatMap(({ session }) => session ?? []);
  const songs = songsInFiles(sessions);
  if (sessions.length < 2 || !songs.length) return null;
  const save = () => download(dated('entendu-songs', 'csv'), new Blob([songsInFilesCsv(songs)], { type: 'text/csv' }));
  return (
    <>
      <h2 class="group">{t('recording.summary')}</h2>
      <div class="summary-scroll">
        <table class="summary">
          <thead>
            <tr>
              <th scope="col">{t('track.title')}</th>
              <th scope="col">{t('recording.files')}</th>
              <th scope="col">{t('track.length')}</th>
            </tr>
          </thead>
          <tbody>
            {songs.map(({ track, seconds, files }) => (
              <tr key={track.contentId ?? track.title}>
                <th scope="row">
                  <bdi>{track.title}</bdi> {track.artist && <bdi class="soft">{track.artist}</bdi>}
                </th>
                <td>
                  {files.map(({ session, seconds: part }) => (
                    <span key={session.id} class="summary-file">
                      <bdi>{session.name}</bdi> <span class="number soft">{clock(part)}</span>
                    </span>
                  ))}
                </td>
                <td class="number">{clock(seconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="part-ways">
        <Button icon="share" onClick={save}>
          {t('history.export.csv')}
        </Button>
      </div>
    </>
  );
}
