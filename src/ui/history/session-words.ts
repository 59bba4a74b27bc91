/** What a session is called in a list: a single answer by its song, a recording by its file, an evening by what it held. */
import type { Session, Stretch } from '../../engine/api.ts';
import { confidenceWord } from '../listen/answer/answer-words.ts';
import { t } from '../messages/messages.ts';
import { listed } from '../parts/listed.ts';
import { clock, span, timeOfDay } from '../parts/localized.ts';

/** Seconds up to which a session with one song is a single answer. */
const SINGLE_SECONDS = 60;

export const isRecording = ({ source }: Session): boolean => source === 'file' || source === 'stream';

/** If a track was heard for longer than this, its end is shown, too. */
const FOLLOWED_SECONDS = 8;

/** What was heard, without what was marked as wrong. */
export const heardIn = ({ stretches }: Session): Stretch[] => stretches.filter(({ verdict }) => verdict !== 'wrong');

/** Songs, each counted once. */
export const songsIn = (session: Session): number =>
  new Set(heardIn(session).map(({ track }) => track.contentId ?? `${track.title}/${track.artist}`)).size;

/** The one song of a session that is a single answer, else undefined. */
export function singleOf(session: Session): Stretch | undefined {
  const [first, ...more] = session.stretches;
  const isSingle = first && !more.length && !isRecording(session) && session.seconds <= SINGLE_SECONDS;
  return isSingle ? first : undefined;
}

export function titleOf(session: Session): string {
  if (isRecording(session)) return session.name ?? t('history.recording');
  const single = singleOf(session);
  if (single) return single.track.title;
  if (!session.stretches.length) return t('history.none');
  return t('history.evening', { count: songsIn(session), time: span(session.seconds) });
}

export function detailOf(session: Session): string {
  const single = singleOf(session);
  if (single) {
    const until = single.toSeconds - single.fromSeconds > FOLLOWED_SECONDS && untilOf(session);
    return listed([single.track.artist, confidenceWord(single.confidence), until, stateOf(session)]);
  }
  const songs = t('recording.songs', { count: songsIn(session) });
  if (isRecording(session)) return listed([songs, clock(session.seconds), stateOf(session)]);
  if (!session.stretches.length) return session.name ?? '';
  const titles = new Set(heardIn(session).map(({ track }) => track.title));
  return listed([...titles, stateOf(session)]);
}

function stateOf({ state, fault }: Session): string | false {
  if (state === 'running') return t('history.running');
  return (state === 'cut' || fault !== undefined) && t('history.cut');
}

const untilOf = ({ began, seconds }: Session) => t('history.until', { time: timeOfDay(began + seconds * 1000) });
