import type { JSX } from 'preact';
import type { Stretch } from '../../../engine/api.ts';
import { t } from '../../messages/messages.ts';
import { Cover } from '../../parts/cover.tsx';
import { isStretch, type Part } from '../parts-of-session.ts';

/** A song or a gap on the timeline, for the eye and the pointer: its place, its cover if there is room, and its name. */
export function TimelinePart(props: {
  part: Part;
  /** Length of the session in seconds. */
  total: number;
  isChosen: boolean;
  choose: (part: Part, seconds: number) => void;
}): JSX.Element {
  const { part, total, isChosen, choose } = props;
  const percent = (seconds: number) => `${(100 * seconds) / total}%`;
  const name = isStretch(part) ? part.track.title : t(`gap.${part.sound}`);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keyboards use the list below, which does the same
    // biome-ignore lint/a11y/noStaticElementInteractions: screen readers use that list, too
    <span
      class="timeline-part"
      data-gap={isStretch(part) ? undefined : part.sound}
      data-chosen={isChosen}
      data-wrong={isStretch(part) && part.verdict === 'wrong'}
      title={name}
      style={{ insetInlineStart: percent(part.fromSeconds), inlineSize: percent(part.toSeconds - part.fromSeconds) }}
      onClick={({ currentTarget, clientX }) => {
        const box = currentTarget.getBoundingClientRect();
        const share = (clientX - box.left) / box.width;
        const along = document.documentElement.dir === 'rtl' ? 1 - share : share;
        choose(part, part.fromSeconds + along * (part.toSeconds - part.fromSeconds));
      }}
    >
      {isStretch(part) && <Cover track={pictured(part.track)} />}
      <bdi>{name}</bdi>
    </span>
  );
}

/** The track of a stretch as `Cover` wants it: a song that the library has may have a picture; one named by hand is drawn from its name. */
export const pictured = ({ id, contentId, title }: Stretch['track']) => ({
  id: id ?? -1,
  contentId: contentId ?? Array.from(title, (letter) => letter.codePointAt(0)?.toString(16)).join(''),
  hasCover: id !== undefined,
});
