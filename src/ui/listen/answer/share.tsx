import type { JSX } from 'preact';
import type { Engine } from '../../../engine/api.ts';
import { BIN_COUNT, FIRST_BIN, FRAMES_PER_SECOND } from '../../../kernel/format.ts';
import { download } from '../../bundles/save-file.ts';
import { t } from '../../messages/messages.ts';
import { listed } from '../../parts/listed.ts';
import { clock } from '../../parts/localized.ts';
import { Menu } from '../../parts/menus/menu.tsx';
import { showFault } from '../../parts/notices/fault-toast.ts';
import { tell } from '../../parts/notices/toast.tsx';
import { useServices } from '../../services.ts';
import type { Star } from '../picture/stars.ts';
import type { Found } from '../session/listening-state.ts';
import { confidenceWord } from './answer-words.ts';

/** Shares an answer: with the system's share sheet if there is one, otherwise as text or picture. */
export function Share({ found }: { found: Found }): JSX.Element {
  const { engine } = useServices();
  const { title } = found.match.track;
  const draw = async () => new File([await draws(engine, found)], `${title}.png`, { type: 'image/png' });
  const attempt = (act: () => Promise<unknown>, done?: string) => () =>
    act().then(() => done && tell({ text: done }), showFault);

  const share = async () => {
    const files = [await draw()];
    // A share sheet that takes no pictures may still take text.
    await navigator.share(navigator.canShare({ files }) ? { files, text: words(found) } : { text: words(found) });
  };
  // The promise goes into the item: Safari allows the clipboard only within the tap.
  const copyPicture = () => navigator.clipboard.write([new ClipboardItem({ 'image/png': draws(engine, found) })]);

  return (
    <Menu
      label={t('share.label')}
      icon="share"
      items={[
        ...('share' in navigator ? [{ label: t('share.system'), act: attempt(share) }] : []),
        { label: t('share.text'), act: attempt(() => navigator.clipboard.writeText(words(found)), t('share.copied')) },
        ...('ClipboardItem' in window
          ? [{ label: t('share.picture'), act: attempt(copyPicture, t('share.copied')) }]
          : []),
        { label: t('share.save'), act: attempt(async () => download(`${title}.png`, await draw())) },
      ]}
    />
  );
}

function words({ match: { track }, positionSeconds }: Found): string {
  const by = listed([track.artist, track.album]);
  return [track.title, by, t('found.at', { time: clock(positionSeconds) })].filter(Boolean).join('\n');
}

async function draws(engine: Engine, found: Found): Promise<Blob> {
  const { match, positionSeconds } = found;
  const { id, title, artist, album, seconds, hasCover } = match.track;
  const { pictureOf } = await import('./share-picture.ts');
  const place = `${clock(positionSeconds)} / ${clock(seconds)}, ${confidenceWord(match.confidence)}`;
  return pictureOf({
    title,
    lines: [artist, album, place].filter((line) => line !== undefined),
    foot: t('app.name'),
    cover: hasCover ? await engine.cover(id) : undefined,
    stars: await starsOf(engine, found),
  });
}

/** More than these fill the picture and show nothing. */
const MOST_STARS = 90;
const SHOWN_SECONDS = 6;

/** The peaks by which it was recognised; if they are not known, the track's own around this place. */
async function starsOf(engine: Engine, { match, positionSeconds }: Found): Promise<Star[]> {
  const { met, track } = match;
  if (met?.frames.length) {
    const stars = Array.from(met.frames, (frame, i) => ({ frame, bin: met.bins[i] }));
    return stars.sort((a, b) => a.frame - b.frame).slice(-MOST_STARS);
  }
  const all = await engine.constellation(track.id);
  const first = (positionSeconds - SHOWN_SECONDS) * FRAMES_PER_SECOND;
  const stars = Array.from(all?.frames ?? [], (frame, i) => ({ frame, bin: all!.bins[i] }));
  const shown = stars.filter(({ frame }) => frame >= first && frame <= positionSeconds * FRAMES_PER_SECOND);
  return shown.filter(({ bin }) => bin < FIRST_BIN + BIN_COUNT).slice(-MOST_STARS);
}
