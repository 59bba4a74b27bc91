/** The lyrics of a song, as the library has them now. */
import { useEffect, useState } from 'preact/hooks';
import type { TrackId } from '../../types.ts';
import { useCell } from '../parts/state/cell.ts';
import { useServices } from '../services.ts';

export function useLyricsText(id: TrackId): string | undefined {
  const { engine, libraryVersion, sessionsVersion } = useServices();
  const version = useCell(libraryVersion) + useCell(sessionsVersion);
  const [text, setText] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    engine.lyrics(id).then((found) => isCurrent && setText(found), console.error);
    return () => {
      isCurrent = false;
    };
  }, [id, version]);
  return text;
}
