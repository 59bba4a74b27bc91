/** Every number that shapes a peak. When one of them changes, FORMAT rises: prints of another FORMAT do not compare. */
export const FORMAT: i32 = 1;

/**
 * Rate at which the kernel works, Hz. Music is told apart well below 4.5 kHz, where small speakers are at their best.
 */
export const RATE: i32 = 11025;
/** Samples under one window: 186 ms; long enough to part music from the talkers above it. */
export const WINDOW: i32 = 2048;
/** Samples from one frame to the next: 43.07 frames a second. */
export const HOP: i32 = 256;

/** Peaks are sought in these bins (190 Hz to 4.52 kHz): below hums the room, above hisses the phone. */
export const FIRST_BIN: i32 = 36;
export const LAST_BIN: i32 = 840;
export const BIN_COUNT: i32 = LAST_BIN - FIRST_BIN + 1;

/** A peak is the greatest within so many frames and bins to either side. */
export const NEAR_FRAMES: i32 = 5;
export const NEAR_BINS: i32 = 16;
/** Prominence is measured against the mean of so many bins to either side. */
export const MEAN_BINS: i32 = 40;
/** Bins below this one (a constant offset and its skirt) take no part in the mean. */
export const MEAN_FIRST_BIN: i32 = 4;
/** Peaks are ranked among those within so many frames to either side: about half a second. */
export const RANK_FRAMES: i32 = 22;
/** A print keeps the peaks that have fewer than this many stronger ones near. */
export const PRINT_RANK: i32 = 30;

/** Log power is an integer: so many steps to a neper of power (0.004 dB a step). Sums and maxima of it are exact. */
export const LOG_STEPS: i32 = 1024;
/** Natural log of the power that counts as nothing: 184 dB below a full-scale tone. */
export const LOG_FLOOR: f64 = -30;
/**
 * What lies so many nepers (78 dB) below the strongest of a frame's bins is raised to there: what no room and no phone
 * would let through shall not decide how far a peak stands out. Relative, so that loudness does not matter.
 */
export const RANGE: i32 = 18;
/**
 * Likewise below the strongest of all that lies under FIRST_BIN, a constant offset included: the rounding of 32 bits.
 */
export const BASS_RANGE: i32 = 25;
/** Greater samples (full scale is 1), infinities and NaN are no sound; they count as 0. */
export const SAMPLE_LIMIT: f32 = 65536;

/** Bytes of the prominence map: MAP_ZERO + MAP_STEP for each neper of power. */
export const MAP_ZERO: i32 = 48;
export const MAP_STEP: i32 = 12;

/** What the resampler must pass, Hz: the last bin and its skirt. */
export const PASS_HZ: f64 = 4550;
/** How far down it holds what would fold onto that, dB. */
export const STOP_DB: f64 = 76;
