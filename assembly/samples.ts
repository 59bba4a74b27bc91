// The block of samples that host, resampler and analysis share.
import { RATE, SLOWEST_RATE } from "./params";

/** Maximum number of samples that the host may write at once. */
export const INPUT_CAPACITY: i32 = 4096;
/** Room for the resampled samples, which are more if the input's rate is below RATE. */
export const SAMPLE_CAPACITY: i32 = 6144;
if (INPUT_CAPACITY * RATE / SLOWEST_RATE + 1 > SAMPLE_CAPACITY) ERROR("a block at the slowest rate does not fit");

/** Whole vectors are loaded and stored, so up to three samples beyond the last may be touched. */
export const samples = memory.data(SAMPLE_CAPACITY * 4 + 16, 16);
