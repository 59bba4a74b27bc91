/**
 * Saves data that is written in pieces: directly to a file if the browser supports it. Otherwise the pieces are collected, and then
 * downloaded or passed to another app by the share sheet.
 */

interface Target {
  write(bytes: Uint8Array): Promise<void>;
  /** Finishes the file. A collected file is returned, because it has not been saved yet. */
  close(): Promise<{ bytes: number; file?: File }>;
  /** Cancels and deletes the file. */
  abort(): Promise<void>;
}

// Not yet in TypeScript's library.
type SavePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

/** Undefined if the user cancelled. Call it in a click handler. */
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
    // Not allowed here (in a frame, or by a policy): use a download.
    return gathered(name, type);
  }
}

function gathered(name: string, type: string): Target {
  // Each piece is a separate Blob, which the browser may store on disk, so a large library need not fit into memory.
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

/** Saves a file as a download. */
export function download(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // By then the download has started, and the URL is no longer needed.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export const canShare = (file: File): boolean => navigator.canShare?.({ files: [file] }) ?? false;

/** Opens the share sheet; false if the user cancelled. Call it in a click handler. */
export async function share(file: File): Promise<boolean> {
  try {
    await navigator.share({ files: [file] });
    return true;
  } catch (error) {
    if ((error as DOMException).name === 'AbortError') return false;
    throw error;
  }
}

/** "entendu-history-2026-11-26.csv": the date distinguishes exports. */
export function dated(name: string, ending: string, ms = Date.now()): string {
  const day = new Date(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${name}-${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}.${ending}`;
}
