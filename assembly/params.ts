// Every number that affects peaks, with unit and reason. FORMAT must be incremented if one of them changes, because prints with
// different peaks cannot be compared. `src/kernel/format.ts` repeats those that other code needs; `src/kernel/instance.ts` checks
// that the two agree.
export const FORMAT: i32 = 1;

/** Rates that the resampler accepts, Hz. Its tables and buffers are sized for this range. */
export const SLOWEST_RATE: i32 = 8000;
export const FASTEST_RATE: i32 = 192000;
/** Sample rate of the analysis, Hz. The range below 4.5 kHz is enough to identify music, and small speakers work best there. */
export const RATE: i32 = 11025;
/** Samples in one window: 186 ms, long enough to separate music from people talking over it. */
export const WINDOW: i32 = 2048;
/** Samples from one frame to the next: 43.07 frames a second. */
export const HOP: i32 = 256;

/** Peaks are sought in these bins (190 Hz to 4.52 kHz): below is the hum of rooms, above the hiss of phones. */
export const FIRST_BIN: i32 = 36;
export const LAST_BIN: i32 = 840;
export const BIN_COUNT: i32 = LAST_BIN - FIRST_BIN + 1;

/** A peak is the greatest value within this many frames and bins on either side. */
export const NEAR_FRAMES: i32 = 5;
export const NEAR_BINS: i32 = 16;
/** Prominence is measured against the mean of this many bins on either side. */
export const MEAN_BINS: i32 = 40;
/** Bins below this one are left out of the mean: a constant offset leaks into them. */
export const MEAN_FIRST_BIN: i32 = 4;
/** A peak is ranked among those within this many frames on either side, about half a second. */
export const RANK_FRAMES: i32 = 22;
/** A print keeps the peaks that have fewer than this many stronger ones nearby. */
export const PRINT_RANK: i32 = 30;

/** Log power is an integer with this many steps to a neper of power (0.004 dB a step), so sums and maxima are exact. */
export const LOG_STEPS: i32 = 1024;
/** Natural log of the lowest power that can be represented, 184 dB below a full-scale tone. */
export const LOG_FLOOR: f64 = -30;
/**
 * Dynamic range of a frame in nepers (78 dB): weaker bins are raised to this level below the strongest. Anything quieter would not
 * survive a room or a phone, so it must not affect prominence. It is relative, so loudness does not matter.
 */
export const RANGE: i32 = 18;
/**
 * The same relative to the strongest bin below FIRST_BIN, constant offset included: weaker bins are rounding errors of
 * 32-bit arithmetic.
 */
export const BASS_RANGE: i32 = 25;
/** Larger samples (full scale is 1), infinities and NaN are treated as 0. */
export const SAMPLE_LIMIT: f32 = 65536;

/** Prominence map: a byte is MAP_ZERO + MAP_STEP per neper of power above the bin's surroundings. */
export const MAP_ZERO: i32 = 48;
export const MAP_STEP: i32 = 12;

/** Highest frequency that the resampler passes unchanged, Hz: the last bin plus the width of the window's main lobe. */
export const PASS_HZ: f64 = 4550;
/** Attenuation of frequencies that would alias into that band, dB. */
export const STOP_DB: f64 = 76;
