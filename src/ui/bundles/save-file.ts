/**
 * Saves what is written, piece by piece: straight to a file where the browser can, else gathered, and then downloaded or
 * handed to another app by the share sheet.
 */

interface Target {
  write(bytes: Uint8Array): Promise<void>;
  /** Ends it. A file that was gathered is handed back: it is not saved yet. */
  close(): Promise<{ bytes: number; file?: File }>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

// TypeScript's own library does not know it yet.
type SavePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

/** Undefined when the person changed their mind. Called from a tap. */
export async function openTarget(name: string, type: string): Promise<Target | undefined> {
  const pick = (globalThis as { showSaveFilePicker?: SavePicker }).showSaveFilePicker;
  if (!pick) return gathered(name, type);
  try {
    const stream = await (await pick({ suggestedName: name })).createWritable();
    let bytes = 0;
    return {
      async write(piece) {
        bytes += piece.length;
        await stream.write(piece as Uint8Array<ArrayBuffer>);
      },
      async close() {
        await stream.close();
        return { bytes };
      },
      abort: () => stream.abort(),
    };
  } catch (error) {
    if ((error as DOMException).name === 'AbortError') return undefined;
    // Not allowed here (a frame, a policy): the old way works.
    return gathered(name, type);
  }
}

function gathered(name: string, type: string): Target {
  // Each piece a blob of its own, which the browser may keep on the disk: a large library is not held in memory.
  const pieces: Blob[] = [];
  return {
    async write(piece) {
      pieces.push(new Blob([piece as Uint8Array<ArrayBuffer>]));
    },
    async close() {
      const file = new File(pieces, name, { type });
      return { bytes: file.size, file };
    },
    async abort() {
      pieces.length = 0;
    },
  };
}

/** As a download of the browser. */
export function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has begun by then; the address is needed no longer.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export const canShare = (file: File): boolean => navigator.canShare?.({ files: [file] }) ?? false;

/** By the share sheet; false when the person changed their mind. Called from a tap. */
export async function share(file: File): Promise<boolean> {
  try {
    await navigator.share({ files: [file] });
    return true;
  } catch (error) {
    if ((error as DOMException).name === 'AbortError') return false;
    throw error;
  }
}

/** "entendu-history-2026-11-26.csv": a day in the name tells one save from the next. */
export function dated(name: string, ending: string, ms = Date.now()): string {
  const day = new Date(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${name}-${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}.${ending}`;
}
