import { useEffect, useState } from 'preact/hooks';
import type { Track } from '../../types.ts';
import { showFault } from '../parts/notices/fault-toast.ts';
import { useServices } from '../services.ts';
import { nameOf } from './updates.ts';

/** The name of a catalogue, such as that with which a track came. */
export function useCatalogueName({ catalogue }: Pick<Track, 'catalogue'>): string | undefined {
  const { engine } = useServices();
  const [name, setName] = useState<string>();
  useEffect(() => {
    setName(undefined);
    if (catalogue === undefined) return;
    engine.catalogues.list().then((all) => {
      const found = all.find(({ number }) => number === catalogue);
      setName(found && nameOf(found));
    }, showFault);
  }, [catalogue]);
  return name;
}
