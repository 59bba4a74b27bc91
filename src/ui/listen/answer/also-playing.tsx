import type { JSX } from 'preact';
import type { Match } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { linkTo } from '../../route.ts';
import type { Found } from '../session/listening-state.ts';

/** Songs that sound at the same time as the answer. */
export function AlsoPlaying({ found }: { found: Found }): JSX.Element {
  return (
    <>
      {found.alsoPlaying.map((other) => (
        <p key={other.track.id} class="found-also">
          {t('found.also')} <a href={linkToTrack(other)}>{nameOf(other)}</a>
        </p>
      ))}
    </>
  );
}

export const linkToTrack = ({ track }: Match): string => linkTo({ place: 'track', detail: String(track.id) });

export const nameOf = ({ track: { title, artist } }: Match): string => [title, artist].filter(Boolean).join(' – ');
