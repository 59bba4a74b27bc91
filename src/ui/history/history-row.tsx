import type { JSX } from 'preact';
import type { Session } from '../../engine/api.ts';
import { t } from '../messages/messages.ts';
import { Cover } from '../parts/cover.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { timeOfDay } from '../parts/localized.ts';
import { linkTo } from '../route.ts';
import { detailOf, isRecording, singleOf, titleOf } from './session-words.ts';
import './history-row.css';

/** A single answer opens over the list or beside it; a recording or an evening is a page of its own. */
export function HistoryRow(props: { session: Session; isBeside?: boolean; onOpen: () => void }): JSX.Element {
  const { session, isBeside, onOpen } = props;
  const isPage = isRecording(session) || session.stretches.length > 1;
  return isPage ? (
    <a class="entry-row" href={linkTo({ place: 'recording', detail: String(session.id) })}>
      <SessionBody session={session} />
    </a>
  ) : (
    <button type="button" class="entry-row" aria-current={isBeside || undefined} onClick={onOpen}>
      <SessionBody session={session} />
    </button>
  );
}

export function SessionBody({ session }: { session: Session }): JSX.Element {
  const { began, note, stretches } = session;
  const [first] = stretches;
  return (
    <>
      {singleOf(session) ? (
        // Covers are loaded when the song is opened, so that the list stays fast.
        <Cover track={{ id: first.track.id ?? -1, contentId: first.track.contentId ?? '', hasCover: false }} />
      ) : (
        <span class="entry-none">
          <Icon name={isRecording(session) ? 'file' : stretches.length ? 'keep' : 'search'} />
        </span>
      )}
      <span class="entry-names">
        <span class="entry-title">
          <bdi>{titleOf(session)}</bdi>
        </span>
        <span class="entry-by">{detailOf(session)}</span>
        {note && <span class="entry-note">{note}</span>}
      </span>
      <span class="entry-when number soft">
        {first?.verdict === 'wrong' && singleOf(session) && <span class="entry-wrong">{t('verdict.wrong')}</span>}
        {timeOfDay(began)}
      </span>
    </>
  );
}
