import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Progress as Done, LibraryStatus } from '../../engine/api.ts';
import { ExportBundle } from '../bundles/export-bundle.tsx';
import { t } from '../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { size } from '../parts/localized.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import { tell } from '../parts/notices/toast.tsx';
import { Progress } from '../parts/progress.tsx';
import { useCell } from '../parts/state/cell.ts';
import { useServices } from '../services.ts';

/** Shows how much is stored, whether storage is persistent, and how to make it so. */
export function Storage(): JSX.Element {
  const { engine, libraryVersion, songCount } = useServices();
  const version = useCell(libraryVersion);
  const count = useCell(songCount);
  const [isSaving, setSaving] = useState(false);
  const [room, setRoom] = useState<StorageEstimate>();
  const [isKept, setKept] = useState<boolean>();
  const [progress, setProgress] = useState<Done>();
  const [verdict, setVerdict] = useState<string[]>([]);

  useEffect(() => {
    navigator.storage?.estimate().then(setRoom, console.error);
    navigator.storage?.persisted().then(setKept, console.error);
  }, [version]);

  const protect = async () => {
    const isGranted = await navigator.storage.persist();
    setKept(isGranted);
    if (!isGranted) tell({ text: t('settings.storage.kept.refused') });
  };

  const verify = async () => {
    setVerdict([]);
    setProgress({ done: 0, total: 1 });
    const result = await engine.verify(setProgress).catch(showFault);
    setProgress(undefined);
    if (!result) return;
    const { repaired, lost } = result;
    setVerdict([
      ...(repaired.length || lost.length ? [] : [t('settings.storage.sound')]),
      ...(repaired.length ? [t('settings.storage.repaired', { count: repaired.length })] : []),
      ...(lost.length ? [t('settings.storage.lost', { count: lost.length })] : []),
    ]);
  };

  return (
    <>
      {room?.usage !== undefined && <Fact name={t('settings.storage.used')} value={size(room.usage)} />}
      {room?.quota !== undefined && (
        <Fact name={t('settings.storage.free')} value={size(room.quota - (room.usage ?? 0))} />
      )}
      <RoomLeft free={room?.quota === undefined ? undefined : room.quota - (room.usage ?? 0)} />
      {isKept !== undefined && (
        <div class="setting">
          <span>{t('settings.storage.kept')}</span>
          {isKept ? (
            <span class="soft">{t('settings.storage.kept.yes')}</span>
          ) : (
            <>
              <Button kind="quiet" onClick={protect}>
                {t('settings.storage.keep')}
              </Button>
              <small class="soft">{t('settings.storage.kept.no')}</small>
            </>
          )}
        </div>
      )}
      <div class="setting-actions">
        <Button icon="bundle" disabled={!count} onClick={() => setSaving(true)}>
          {t('library.export')}
        </Button>
        <Button disabled={Boolean(progress)} onClick={verify}>
          {t('settings.storage.verify')}
        </Button>
        {progress && <Progress {...progress} />}
        <div role="status">
          {verdict.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </div>
      {isSaving && <ExportBundle onClose={() => setSaving(false)} />}
    </>
  );
}

/** The room that is left, as a number of songs: that says more than bytes. */
function RoomLeft({ free }: { free: number | undefined }): JSX.Element | null {
  const { engine, libraryVersion } = useServices();
  const version = useCell(libraryVersion);
  const [status, setStatus] = useState<LibraryStatus>();
  useEffect(() => void engine.status().then(setStatus, console.error), [version]);
  if (!status?.trackCount) return null;
  const { prints, index, tracks, covers } = status.bytes;
  const each = (prints + index + tracks + covers) / status.trackCount;
  return (
    <p class="setting-text number">
      {t('settings.storage.each', { size: size(each) })}{' '}
      {free !== undefined && t('settings.storage.room', { count: rounded(free / each) })}
    </p>
  );
}

/** Rounds down to two digits, because it is an estimate. */
function rounded(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.floor(value / step) * step;
}

function Fact({ name, value }: { name: string; value: string }): JSX.Element {
  return (
    <div class="setting">
      <span>{name}</span>
      <span class="soft number">{value}</span>
    </div>
  );
}
