/** Saves what is written, piece by piece: straight to a file where the browser can, else gathered and downloaded. */

interface Target {
  write(bytes: Uint8Array): Promise<void>;
  /** Ends it; tells how many bytes it became. */
  close(): Promise<number>;
}

// TypeScript's own library does not know it yet.
type SavePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

/** Undefined when the person changed their mind. Called from a tap. */
export async function openTarget(name: string, type: string): Promise<Target | undefined> {
  const pick = (globalThis as { showSaveFilePicker?: SavePicker }).showSaveFilePicker;
  if (!pick) return downloadOf(name, type);
  try {
    const file = await (await pick({ suggestedName: name })).createWritable();
    let bytes = 0;
    return {
      async write(piece) {
        bytes += piece.length;
        await file.write(piece as Uint8Array<ArrayBuffer>);
      },
      async close() {
        await file.close();
        return bytes;
      },
    };
  } catch (error) {
    if ((error as DOMException).name === 'AbortError') return undefined;
    // Not allowed here (a frame, a policy): the old way works.
    return downloadOf(name, type);
  }
}

function downloadOf(name: string, type: string): Target {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  return {
    async write(piece) {
      pieces.push(piece as Uint8Array<ArrayBuffer>);
    },
    async close() {
      const blob = new Blob(pieces, { type });
      download(name, blob);
      return blob.size;
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
