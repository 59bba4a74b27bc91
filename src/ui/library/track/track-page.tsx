import type { ComponentChild, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Track } from '../../../types.ts';
import { ExportBundle } from '../../bundles/export-bundle.tsx';
import { useCatalogueName } from '../../catalogues/catalogue-name.ts';
import { useHeardSongs } from '../../history/statistics/heard-songs.ts';
import { watch, watched } from '../../listen/session/watched-songs.ts';
import { useLyricsItems } from '../../lyrics/lyrics-items.tsx';
import { OpenLyrics } from '../../lyrics/open-lyrics.tsx';
import { t } from '../../messages/messages.ts';
import { Button } from '../../parts/button.tsx';
import { Cover } from '../../parts/cover.tsx';
import { Icon } from '../../parts/icons/icon.tsx';
import { listed } from '../../parts/listed.ts';
import { clock, date, number } from '../../parts/localized.ts';
import { Menu, type MenuItem } from '../../parts/menus/menu.tsx';
import { faultText } from '../../parts/notices/fault-text.ts';
import { useCell } from '../../parts/state/cell.ts';
import { go, linkTo } from '../../route.ts';
import { useServices } from '../../services.ts';
import { removeTracks } from '../remove-tracks.ts';
import { EditTags } from './edit-tags.tsx';
import { Sky } from './sky.tsx';
import './track-page.css';

/** The details of one song. */
export function TrackPage({ id, isBeside }: { id: number; isBeside?: boolean }): JSX.Element | null {
  const { session } = useServices();
  const { track, fault } = useTrack(id);
  const [open, setOpen] = useState<'edit' | 'export'>();
  const lyrics = useLyricsItems({ id });

  if (fault) {
    return (
      <section class="track-page">
        {!isBeside && <Back />}
        <div role="alert">
          <h1 class="fault">{fault}</h1>
        </div>
      </section>
    );
  }
  if (!track) return null;
  if (track === 'gone') {
    return (
      <section class="track-page">
        {!isBeside && <Back />}
        <h1>{t('track.gone')}</h1>
      </section>
    );
  }
  const close = () => setOpen(undefined);
  return (
    <section class="track-page" aria-label={track.title}>
      <div class="track-top">
        {!isBeside && <Back />}
        <TrackMenu track={track} lyrics={lyrics.items} open={setOpen} />
      </div>
      <header class="track-head">
        <Cover track={track} large />
        <div>
          <h1 dir="auto">{track.title}</h1>
          <p class="soft">{listed([track.artist ?? t('track.unknownArtist'), track.album])}</p>
          {!track.enabled && <p class="track-off">{t('library.disabled')}</p>}
        </div>
      </header>
      <Button
        kind="main"
        onClick={() => {
          session.only.set(track);
          go({ place: 'listen' });
          void session.start('microphone');
        }}
      >
        {t('track.only')}
      </Button>
      <OpenLyrics track={track} as="button" />
      {lyrics.input}
      <Sky track={track} />
      <Facts track={track} />
      {open === 'edit' && <EditTags track={track} onClose={close} />}
      {open === 'export' && <ExportBundle tracks={[id]} onClose={close} />}
    </section>
  );
}

/** The track with this id, read again when the library changes. */
function useTrack(id: number): { track?: Track | 'gone'; fault?: string } {
  const { engine, libraryVersion } = useServices();
  const version = useCell(libraryVersion);
  const [track, setTrack] = useState<Track | 'gone'>();
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    setFault(undefined);
    engine.track(id).then(
      (found) => isCurrent && setTrack(found ?? 'gone'),
      (error) => {
        console.error(error);
        if (isCurrent) setFault(faultText(error.name));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [id, version]);
  return { track, fault };
}

function TrackMenu(props: {
  track: Track;
  lyrics: MenuItem[];
  open: (dialog: 'edit' | 'export') => void;
}): JSX.Element {
  const { track, lyrics, open } = props;
  const { engine } = useServices();
  const { id, enabled } = track;
  const isWatched = useCell(watched).includes(track.contentId);
  const remove = async () => {
    await removeTracks(engine, [id]);
    go({ place: 'library' });
  };
  return (
    <Menu
      label={t('do.more')}
      icon="more"
      items={[
        { icon: 'pencil', label: t('track.edit'), act: () => open('edit') },
        ...lyrics,
        { icon: 'bundle', label: t('library.export'), act: () => open('export') },
        { icon: 'keep', label: t('lab.open'), act: () => go({ place: 'lab', detail: String(id) }) },
        {
          icon: 'listen',
          label: t(isWatched ? 'watch.end' : 'watch.begin'),
          act: () => void watch(track, !isWatched),
        },
        {
          icon: enabled ? 'mute' : 'microphone',
          label: t(enabled ? 'library.disable' : 'library.enable'),
          act: () => engine.edit(id, { enabled: !enabled }),
        },
        { icon: 'trash', label: t('do.delete'), isDanger: true, act: remove },
      ]}
    />
  );
}

function Back(): JSX.Element {
  return (
    <a class="track-back" href={linkTo({ place: 'library' })}>
      <Icon name="back" size={20} />
      {t('place.library')}
    </a>
  );
}

function Facts({ track }: { track: Track }): JSX.Element {
  const heard = useHeardSongs().get(track.contentId);
  const partly = track.learntSeconds < track.seconds - 1 ? t('track.partly', { time: clock(track.learntSeconds) }) : '';
  const catalogue = useCatalogueName(track);
  const facts: [string, ComponentChild][] = [
    [t('track.length'), listed([clock(track.seconds), partly])],
    [t('track.year'), track.year && number(track.year, { useGrouping: false })],
    [t('track.number'), track.trackNumber && number(track.trackNumber)],
    [t('track.peaks'), number(track.peakCount)],
    [t('track.added'), date(track.added)],
    [t('track.heard'), heard && t('track.heard.times', { count: heard.count, date: date(heard.last) })],
    [t('track.file'), track.fileName],
    [
      t('catalogue.of'),
      catalogue && <a href={linkTo({ place: 'library', detail: `catalogue:${track.catalogue}` })}>{catalogue}</a>,
    ],
  ];
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="number">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  );
}
