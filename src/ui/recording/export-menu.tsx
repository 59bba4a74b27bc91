import type { JSX } from 'preact';
import type { Session } from '../../engine/api.ts';
import { SESSION_FORMATS, type SessionFormat, type SessionFormatName } from '../../sessions/formats/session-formats.ts';
import type { GapWords } from '../../sessions/formats/timeline-rows.ts';
import { dated, download } from '../bundles/save-file.ts';
import { heardIn } from '../history/session-words.ts';
import { savePlaylist } from '../library/save-playlist.ts';
import { t } from '../messages/messages.ts';
import { Menu } from '../parts/menus/menu.tsx';
import { showFault } from '../parts/notices/fault-toast.ts';
import { tell } from '../parts/notices/toast.tsx';
import { useServices } from '../services.ts';

/** The format that is pasted most often comes first, with a label of its own. */
const COPIED: SessionFormatName[] = ['text', 'chapters'];

/** Exports the track list as text, chapters, CUE, CSV or JSON, to the clipboard or a file. */
export function ExportMenu({ session }: { session: Session }): JSX.Element {
  const { engine } = useServices();
  const written = (name: SessionFormatName) =>
    (SESSION_FORMATS as Record<SessionFormatName, SessionFormat>)[name].write(session, gapWords());
  const copy = (name: SessionFormatName) => () =>
    navigator.clipboard.writeText(written(name)).then(() => tell({ text: t('share.copied') }), showFault);
  const save = (name: SessionFormatName) => () => {
    const { extension, type } = SESSION_FORMATS[name];
    const base = session.name?.replace(/\.\w{1,5}$/, '');
    // A recording has its own name; an evening gets the day on which it was.
    const file = base ? `${base}.${extension}` : dated('entendu', extension, session.began);
    download(file, new Blob([written(name)], { type }));
  };
  /** The songs in the order in which they were heard, each once, as far as they are still in the library. */
  const playlist = async () => {
    const heard = new Set(heardIn(session).flatMap(({ track }) => track.contentId ?? []));
    const tracks = await Promise.all([...heard].map((contentId) => engine.known(contentId)));
    await savePlaylist(
      engine,
      tracks.flatMap((track) => track?.id ?? []),
    );
  };
  const names = Object.keys(SESSION_FORMATS) as SessionFormatName[];
  return (
    <Menu
      label={t('library.export')}
      icon="share"
      items={[
        ...COPIED.map((name) => ({ label: t(`recording.copy.${name}` as 'recording.copy.text'), act: copy(name) })),
        ...names.map((name) => ({ label: t('recording.save', { format: formatWord(name) }), act: save(name) })),
        ...names
          .filter((name) => !COPIED.includes(name))
          .map((name) => ({ label: t('recording.copy', { format: formatWord(name) }), act: copy(name) })),
        { label: t('library.playlist'), act: () => void playlist().catch(showFault) },
      ]}
    />
  );
}

const formatWord = (name: SessionFormatName): string =>
  name === 'text' || name === 'chapters' ? t(`recording.format.${name}`) : name.toUpperCase();

const gapWords = (): GapWords => ({
  music: t('gap.music'),
  talk: t('gap.talk'),
  noise: t('gap.noise'),
  silence: t('gap.silence'),
  unclear: t('gap.unclear'),
});
