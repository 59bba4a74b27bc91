import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../../../engine/api.ts';
import { heardIn, songsIn } from '../../history/session-words.ts';
import { OpenLyrics } from '../../lyrics/open-lyrics.tsx';
import { t } from '../../messages/messages.ts';
import { Cover } from '../../parts/cover.tsx';
import { clock, timeOfDay } from '../../parts/localized.ts';
import { musicSeconds, unknownSeconds } from '../../recording/session-sums.ts';
import { linkTo } from '../../route.ts';
import { useServices } from '../../services.ts';
import type { Found } from '../session/listening-state.ts';
import { canStayAwake } from '../session/wake-lock.ts';
import '../../parts/panel.css';
import './following.css';
import { AlsoPlaying } from './also-playing.tsx';
import { Running } from './running.tsx';

const LOOK_EVERY_MS = 3000;

/** Continuous listening: the song that plays, and the list of the evening. */
export function Following({ found }: { found?: Found }): JSX.Element {
  const { session } = useServices();
  const [evening, setEvening] = useState<Session>();
  const playing = found?.isRunning ? found.match.track.id : undefined;
  useEffect(() => {
    const look = () => session.timeline().then(setEvening, console.error);
    void look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [playing]);
  return (
    <div class="following">
      <div class="panel">
        {found ? <Song found={found} /> : <p class="soft">{t('listen.keep.hint')}</p>}
        <p class="following-note soft">{t(canStayAwake() ? 'listen.keep.screen' : 'listen.keep.noScreen')}</p>
      </div>
      {evening && evening.stretches.length > 0 && <Evening session={evening} />}
    </div>
  );
}

function Song({ found }: { found: Found }): JSX.Element {
  const { track } = found.match;
  return (
    <>
      <a
        class="following-song"
        data-running={found.isRunning}
        href={linkTo({ place: 'track', detail: String(track.id) })}
      >
        <Cover track={track} />
        <span>
          <span class="following-title" dir="auto">
            {track.title}
          </span>
          <span class="soft" dir="auto">
            {track.artist}
          </span>
        </span>
      </a>
      {found.isRunning && <Running found={found} />}
      {found.isRunning && <AlsoPlaying found={found} />}
      <OpenLyrics track={track} as="button" />
    </>
  );
}

/** What was heard so far, the latest first; a song that ends stays as a row. */
function Evening({ session }: { session: Session }): JSX.Element {
  const heard = heardIn(session);
  const known = { songs: t('recording.songs', { count: songsIn(session) }), music: clock(musicSeconds(session)) };
  const unknown = unknownSeconds(session);
  return (
    <section class="evening" aria-label={t('listen.evening')}>
      <p class="soft number">
        {unknown < 1
          ? t('listen.evening.known', known)
          : t('listen.evening.sum', { ...known, unknown: clock(unknown) })}
      </p>
      <ol>
        {heard
          .slice()
          .reverse()
          .map(({ number, track, fromSeconds, toSeconds }) => (
            <li key={number}>
              <span class="number soft">{timeOfDay(session.began + 1000 * fromSeconds)}</span>
              <span class="evening-title" dir="auto">
                {[track.title, track.artist].filter(Boolean).join(' – ')}
              </span>
              <span class="number soft">{clock(toSeconds - fromSeconds)}</span>
            </li>
          ))}
      </ol>
    </section>
  );
}
