/**
 * The numbers of the kernel that the host computes with, decided in `assembly/params.ts`. `instance.ts` checks that the
 * compiled module agrees. Nothing but numbers: any folder may import them.
 */

/** Prints of another format cannot be compared. */
export const KERNEL_FORMAT = 1;
/** Rates that the kernel accepts, Hz, whole or not. */
export const SLOWEST_RATE = 8_000;
export const FASTEST_RATE = 192_000;
/** Rate at which sound is analysed, Hz. */
export const KERNEL_RATE = 11_025;
/** Samples from one frame to the next, and in the window of one frame, at that rate. */
export const HOP_SAMPLES = 256;
export const WINDOW_SAMPLES = 2048;
export const FRAMES_PER_SECOND = KERNEL_RATE / HOP_SAMPLES;
/** Bins of the transform in which peaks lie; a row of the prominence map has a byte for each. */
export const FIRST_BIN = 36;
export const BIN_COUNT = 805;
/** A print keeps the peaks of lower rank. */
export const PRINT_RANK = 30;
/** A byte of the prominence map: MAP_ZERO + MAP_STEP per neper of power above the bin's surroundings. */
export const MAP_ZERO = 48;
export const MAP_STEP = 12;
