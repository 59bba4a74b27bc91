/** The visible rows of the library: loaded by the hundred and kept until the library changes. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TrackQuery } from '../../engine/api.ts';
import type { Track } from '../../types.ts';
import { faultText } from '../parts/notices/fault-text.ts';
import { useCell } from '../parts/state/cell.ts';
import { useServices } from '../services.ts';

const PAGE = 100;

export interface TrackRows {
  /** Undefined until the first answer. */
  total: number | undefined;
  /** The reason why the library could not be read. */
  fault: string | undefined;
  /** Undefined while it is being loaded. */
  at(index: number): Track | undefined;
}

export function useRows(query: TrackQuery): TrackRows {
  const { engine, libraryVersion } = useServices();
  const version = useCell(libraryVersion);
  const [total, setTotal] = useState<number>();
  const [fault, setFault] = useState<string>();
  const [, redraw] = useState(0);
  const pages = useRef(new Map<number, Track[] | 'asked'>());
  const question = useRef(0);
  const { search, sort, descending, heard, artist, album, catalogue } = query;

  const ask = (page: number) => {
    const mine = question.current;
    pages.current.set(page, 'asked');
    engine.tracks({ ...query, offset: page * PAGE, limit: PAGE }).then(
      (answer) => {
        if (mine !== question.current) return;
        pages.current.set(page, answer.rows);
        setTotal(answer.total);
        setFault(undefined);
        redraw((n) => n + 1);
      },
      (error) => {
        console.error(error);
        if (mine === question.current) setFault(faultText(error.name));
      },
    );
  };

  // Not after the next frame, as other effects: someone who types waits for it.
  useLayoutEffect(() => {
    question.current += 1;
    // Keep visible rows until their replacement has been loaded, so that nothing flickers.
    const shown = [...pages.current.keys()];
    const old = pages.current;
    pages.current = new Map([...old].filter(([, rows]) => rows !== 'asked'));
    for (const page of new Set([0, ...shown.slice(-2)])) {
      const before = old.get(page);
      ask(page);
      if (before && before !== 'asked') pages.current.set(page, before);
    }
    for (const page of shown.slice(0, -2)) if (page > 0) pages.current.delete(page);
  }, [version, search, sort, descending, heard, artist, album, catalogue]);

  return {
    total,
    fault,
    at(index) {
      const page = pages.current.get(Math.floor(index / PAGE));
      if (page === undefined) ask(Math.floor(index / PAGE));
      return Array.isArray(page) ? page[index % PAGE] : undefined;
    },
  };
}
