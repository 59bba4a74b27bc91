import type { JSX } from 'preact';
import type { Track, TrackId } from '../../../types.ts';
import { t } from '../../messages/messages.ts';
import { Cover } from '../../parts/cover.tsx';
import { Check } from '../../parts/fields/check.tsx';
import { clock } from '../../parts/localized.ts';
import { linkTo } from '../../route.ts';
import './track-row.css';

export function TrackRow(props: {
  track: Track;
  tabIndex?: number;
  isSelected?: boolean;
  /** Whether the user is selecting songs. */
  onSelect?: (id: TrackId) => void;
}): JSX.Element {
  const { track, tabIndex, onSelect } = props;
  const body = (
    <>
      <Cover track={track} />
      <span class="track-row-names">
        <span class="track-row-title" dir="auto">
          {track.title}
        </span>
        <span class="track-row-by" dir="auto">
          {!track.enabled && <em>{t('library.disabled')}</em>}
          {track.artist ?? t('track.unknownArtist')}
          {track.catalogue !== undefined && ` · ${t('catalogue.mark')}`}
        </span>
      </span>
      <span class="number soft">{clock(track.seconds)}</span>
    </>
  );
  if (!onSelect) {
    return (
      <a
        class="track-row"
        tabIndex={tabIndex}
        data-off={!track.enabled}
        href={linkTo({ place: 'track', detail: String(track.id) })}
      >
        {body}
      </a>
    );
  }
  return (
    <label class="track-row" data-off={!track.enabled}>
      <Check
        isOn={props.isSelected}
        tabIndex={tabIndex}
        label={t('library.select.row', { title: track.title })}
        onChange={() => onSelect(track.id)}
      />
      {body}
    </label>
  );
}
