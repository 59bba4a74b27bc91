import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Session, Stretch, Strip } from '../../engine/api.ts';
import { isRecording, songsIn, titleOf } from '../history/session-words.ts';
import { t } from '../messages/messages.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { listed } from '../parts/listed.ts';
import { clock, date, duration, timeOfDay } from '../parts/localized.ts';
import { faultText } from '../parts/notices/fault-text.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import { Told } from '../parts/notices/live-region.tsx';
import { tell } from '../parts/notices/toast.tsx';
import { Progress } from '../parts/progress.tsx';
import { useMedia } from '../parts/state/media.ts';
import { go } from '../route.ts';
import { useServices } from '../services.ts';
import { ExportMenu } from './export-menu.tsx';
import { PartDetail } from './part-detail.tsx';
import { PartList } from './part-list.tsx';
import { keyOf, type Part, partsOf } from './parts-of-session.ts';
import { isFinished, type RecordingReport } from './queue/recordings.ts';
import { useRecordingSound } from './recording-sound.ts';
import { withEdge } from './session-edits.ts';
import { musicSeconds, unknownSeconds } from './session-sums.ts';
import { Timeline } from './timeline/recording-timeline.tsx';
import type { Edge } from './timeline/timeline-edge.tsx';

/** A recording or an evening: its timeline, what was heard in it, and what to do with each part. */
export function SessionPage({ session, report }: { session?: Session; report?: RecordingReport }): JSX.Element {
  const { engine } = useServices();
  const isWide = useMedia('(min-width: 1000px)');
  const [chosen, setChosen] = useState<string>();
  const [strip, setStrip] = useState<Strip>();
  const sound = useRecordingSound(session, report);
  const id = session?.id;
  const isRunning = report ? !isFinished(report) : session?.state === 'running';
  useEffect(() => {
    if (id && session?.hasStrip) engine.sessions.strip(id).then(setStrip, console.error);
  }, [id, session?.hasStrip, isRunning]);

  const parts = session ? partsOf(session) : [];
  const part = parts.find((one) => keyOf(one) === chosen);
  const page = useRef<HTMLElement>(null);
  const isPointed = useRef(false);
  const choose = (next: Part, seconds?: number) => {
    isPointed.current = seconds !== undefined;
    setChosen(keyOf(next));
    if (sound.player.isPlaying) void sound.play(seconds ?? next.fromSeconds);
  };
  // What was touched on the timeline may be far down in the list.
  useEffect(() => {
    if (!isPointed.current || isWide) return;
    page.current?.querySelector('.part-row[aria-expanded="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const moveEdge = async ({ number }: Stretch, edge: Edge, seconds: number) => {
    if (!session) return;
    try {
      await engine.sessions.save(withEdge(session, number, edge, seconds));
      const undo = { label: t('do.undo'), act: () => void engine.sessions.save(session).catch(showFault) };
      tell({ text: t('recording.edge.moved'), action: undo });
    } catch (error) {
      showFault(error);
    }
  };
  const detail = part && session && <PartDetail key={keyOf(part)} session={session} part={part} sound={sound} />;

  return (
    <section class="recording" ref={page} aria-label={session ? titleOf(session) : report?.name}>
      <header class="recording-head">
        <IconButton icon="back" label={t('recording.back')} onClick={() => go({ place: 'history' })} />
        <h1>
          <bdi>{session ? titleOf(session) : report?.name}</bdi>
        </h1>
        {session && !isRunning && <ExportMenu session={session} />}
      </header>
      {/* Told once it is over, not once a second. */}
      <Told text={session && !isRunning ? summary(session, isRunning) : ''} />
      {session && <p class="soft number">{summary(session, isRunning)}</p>}
      {session && !isRunning && sums(session) && <p class="soft number">{sums(session)}</p>}
      {report && isRunning && <Running report={report} />}
      <Fault session={session} report={report} />
      {session && (
        <>
          <Timeline
            session={session}
            strip={strip}
            parts={parts}
            chosen={chosen}
            playing={sound.player.isPlaying ? sound.player.position : undefined}
            choose={choose}
            moveEdge={isRunning ? undefined : moveEdge}
          />
          <div class="recording-panes">
            <PartList
              parts={parts}
              chosen={chosen}
              choose={(next) => (keyOf(next) === chosen ? setChosen(undefined) : choose(next))}
              detail={isWide ? undefined : detail}
            />
            {isWide && <div class="recording-beside">{detail ?? <p class="soft">{t('recording.choose')}</p>}</div>}
          </div>
          {isRecording(session) && !isRunning && !session.stretches.length && <Unknown report={report} />}
        </>
      )}
    </section>
  );
}

/** Why it was not heard to its end, and where it ended. */
function Fault({ session, report }: { session?: Session; report?: RecordingReport }): JSX.Element | null {
  const fault = session?.fault?.name ?? report?.fault;
  if (!fault) return null;
  const time = session?.seconds ? clock(session.seconds) : undefined;
  if (!time) return <p class="fault">{faultText(fault)}</p>;
  return (
    <p class="fault">
      {fault === 'FileDamaged'
        ? t('recording.damaged', { time })
        : `${faultText(fault)} ${t('recording.until', { time })}`}
    </p>
  );
}

/** Nothing of it is known: it may be a song that one wants to have. */
function Unknown({ report }: { report?: RecordingReport }): JSX.Element | null {
  const { imports } = useServices();
  const { file } = report ?? {};
  if (!file) return null;
  return (
    <Button icon="plus" onClick={() => imports.add([file])}>
      {t('recording.learn')}
    </Button>
  );
}

function Running({ report }: { report: RecordingReport }): JSX.Element {
  const { recordings } = useServices();
  const { id, name, fraction, leftSeconds } = report;
  return (
    <div class="recording-running">
      <Progress total={1} done={fraction} label={name} />
      <span class="soft number">
        {leftSeconds ? t('import.left', { time: duration(leftSeconds) }) : t('import.row.waiting')}
      </span>
      <Button onClick={() => recordings.stop(id)}>{t('do.cancel')}</Button>
    </div>
  );
}

/** How much of it is music of the library, and how much is music or may be, but unknown. */
function sums(session: Session): string | undefined {
  const unknown = unknownSeconds(session);
  if (unknown === 0 || session.stretches.length === 0) return undefined;
  return t('recording.sum', { music: clock(musicSeconds(session)), unknown: clock(unknown) });
}

function summary(session: Session, isRunning: boolean): string {
  const { began, seconds, state } = session;
  const heard = [t('recording.songs', { count: songsIn(session) }), clock(seconds)];
  const when = listed([date(began), timeOfDay(began)]);
  return listed([...heard, when, !isRunning && state === 'cut' && t('history.cut')]);
}
