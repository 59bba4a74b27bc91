import type { Picture } from '../audio/sound-file.ts';

const SIDE_PIXELS = 192;

/** Without a canvas (in Node), a picture up to this size is kept as it is. */
const SMALL_BYTES = 48 * 1024;

/** A larger picture is ignored. */
const LARGEST_BYTES = 16 * 2 ** 20;

/** A small version of a cover; undefined if it cannot be read. */
export async function thumbnailOf({ bytes, type }: Picture): Promise<Blob | undefined> {
  if (bytes.length > LARGEST_BYTES) return undefined;
  // Formats that a page can show safely.
  const original = /^image\/(jpe?g|png|webp)$/.test(type) ? new Blob([bytes], { type }) : undefined;
  if (typeof OffscreenCanvas === 'undefined') return original && bytes.length <= SMALL_BYTES ? original : undefined;
  try {
    const image = await createImageBitmap(new Blob([bytes]));
    const scale = Math.min(1, SIDE_PIXELS / Math.min(image.width, image.height));
    const canvas = new OffscreenCanvas(
      Math.min(SIDE_PIXELS, Math.round(image.width * scale)),
      Math.min(SIDE_PIXELS, Math.round(image.height * scale)),
    );
    // Covers are square: the longer side is cropped evenly.
    const x = (canvas.width - image.width * scale) / 2;
    const y = (canvas.height - image.height * scale) / 2;
    canvas.getContext('2d')?.drawImage(image, x, y, image.width * scale, image.height * scale);
    image.close();
    const webp = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
    // A browser that cannot write WebP writes PNG, which is large for photographs.
    return webp.type === 'image/webp' ? webp : await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  } catch {
    return undefined; // damaged, or a format unknown to this browser: no cover
  }
}
