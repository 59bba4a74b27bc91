/** Whether there is enough storage for a catalogue. */
import { useEffect, useState } from 'preact/hooks';

/** Stored, a piece takes so many times its size: its prints, and the index over them. */
const STORED_PER_BYTE = 3.6;

interface TooLittle {
  needed: number;
  free: number;
}

/** Returns undefined if there is enough room, or if the browser does not tell how much there is. */
export function useTooLittleRoom(pieceBytes: number): TooLittle | undefined {
  const [free, setFree] = useState(Infinity);
  useEffect(() => {
    navigator.storage
      ?.estimate()
      .then(({ quota = Infinity, usage = 0 }) => setFree(Math.max(0, quota - usage)), console.error);
  }, []);
  const needed = pieceBytes * STORED_PER_BYTE;
  return needed > free ? { needed, free } : undefined;
}
