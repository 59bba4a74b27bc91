/**
 * The constants of the kernel that other code needs. They are decided in `assembly/params.ts`; `instance.ts` checks that the
 * compiled module agrees. This file holds only numbers, so any folder may import it.
 */

/** Prints of another format cannot be compared. */
export const KERNEL_FORMAT = 1;
/** Range of sample rates that the kernel accepts, in Hz. They need not be integers. */
export const SLOWEST_RATE = 8_000;
export const FASTEST_RATE = 192_000;
/** Sample rate at which sound is analysed, in Hz. */
export const KERNEL_RATE = 11_025;
/** Samples from one frame to the next, and in the window of one frame. */
export const HOP_SAMPLES = 256;
export const WINDOW_SAMPLES = 2048;
export const FRAMES_PER_SECOND = KERNEL_RATE / HOP_SAMPLES;
/** Bins of the transform that may hold peaks; a row of the prominence map has a byte for each. */
export const FIRST_BIN = 36;
export const BIN_COUNT = 805;
/** A print keeps the peaks with a lower rank than this. */
export const PRINT_RANK = 30;
/** A byte of the prominence map: MAP_ZERO + MAP_STEP per neper of power above the bin's surroundings. */
export const MAP_ZERO = 48;
export const MAP_STEP = 12;
