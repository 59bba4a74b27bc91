import type { Picture } from '../audio/sound-file.ts';

const SIDE_PIXELS = 192;

/** What is kept as it came, where there is nothing to draw with (Node). */
const SMALL_BYTES = 48 * 1024;

/** More than this is not looked at. */
const LARGEST_BYTES = 16 * 2 ** 20;

/** A cover made small; nothing where it is no picture that can be read. */
export async function thumbnailOf({ bytes, type }: Picture): Promise<Blob | undefined> {
  if (bytes.length > LARGEST_BYTES) return undefined;
  // Of the kinds that a page may show without danger.
  const original = /^image\/(jpe?g|png|webp)$/.test(type) ? new Blob([bytes], { type }) : undefined;
  if (typeof OffscreenCanvas === 'undefined') return original && bytes.length <= SMALL_BYTES ? original : undefined;
  try {
    const image = await createImageBitmap(new Blob([bytes]));
    const scale = Math.min(1, SIDE_PIXELS / Math.min(image.width, image.height));
    const canvas = new OffscreenCanvas(
      Math.min(SIDE_PIXELS, Math.round(image.width * scale)),
      Math.min(SIDE_PIXELS, Math.round(image.height * scale)),
    );
    // Covers are square: what sticks out on the longer side is cut off evenly.
    const x = (canvas.width - image.width * scale) / 2;
    const y = (canvas.height - image.height * scale) / 2;
    canvas.getContext('2d')?.drawImage(image, x, y, image.width * scale, image.height * scale);
    image.close();
    const webp = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
    // A browser that cannot write WebP writes PNG, which is large for photographs.
    return webp.type === 'image/webp' ? webp : await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
  } catch {
    return undefined; // damaged, or of a kind that this browser does not know: the song does without
  }
}
