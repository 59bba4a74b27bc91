import type { JSX } from 'preact';
import { t } from '../../messages/messages.ts';
import { Cover } from '../../parts/cover.tsx';
import { linkTo } from '../../route.ts';
import type { Found } from '../session/listening-state.ts';
import '../../parts/panel.css';
import './following.css';
import { canStayAwake } from '../session/wake-lock.ts';
import { Running } from './running.tsx';

/** While one listens on and on: the song that plays, or the last one. */
export function Following({ found }: { found?: Found }): JSX.Element {
  return (
    <div class="panel following">
      {found ? (
        <>
          <a
            class="following-song"
            data-running={found.isRunning}
            href={linkTo({ place: 'track', detail: String(found.match.track.id) })}
          >
            <Cover track={found.match.track} />
            <span>
              <span class="following-title">{found.match.track.title}</span>
              <span class="soft">{found.match.track.artist}</span>
            </span>
          </a>
          {found.isRunning && <Running found={found} />}
        </>
      ) : (
        <p class="soft">{t('listen.keep.hint')}</p>
      )}
      <p class="soft">{t(canStayAwake() ? 'listen.keep.screen' : 'listen.keep.noScreen')}</p>
    </div>
  );
}
