// In: a row of log power. Out: prominence, which is the height of a bin above the mean of its neighbours.
//
// Peaks need it for a few bins, so it is summed directly. The map needs it for every bin; there each sum is the difference of two
// prefix sums.
import { FIRST_BIN, LAST_BIN, LOG_STEPS, MAP_STEP, MAP_ZERO, MEAN_BINS, MEAN_FIRST_BIN } from "./params";
import { add, mul, splat } from "./lanes";
import { ROUND, ROW_BINS } from "./spectrum";

const MEAN_COUNT: i32 = 2 * MEAN_BINS + 1;

/** First of the MEAN_COUNT bins with which a bin is compared. */
@inline
function meanStart(bin: i32): i32 {
  return max(bin - MEAN_BINS, MEAN_FIRST_BIN);
}

/** Prominence of a bin times MEAN_COUNT, in log steps; exact, because nothing is divided. */
export function prominence(row: usize, bin: i32): i32 {
  const start = row + (meanStart(bin) << 1);
  let sums = i32x4.splat(0);
  for (let at = start; at < start + (MEAN_COUNT - 1 << 1); at += 16) {
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_s(v128.load(at)));
  }
  const sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1)
    + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3) + <i32>load<i16>(start + (MEAN_COUNT - 1 << 1));
  return MEAN_COUNT * <i32>load<i16>(row + (bin << 1)) - sum;
}

/** Converts it to 1/256 neper. */
export function strengthOf(prominence: i32): i32 {
  const unit = MEAN_COUNT * LOG_STEPS / 256;
  return (prominence + unit / 2) / unit;
}

/** Prefix sums: entry b is the sum of all bins below b. */
const below = memory.data((ROW_BINS + 4) * 4, 16);

function makePrefixSums(row: usize): void {
  const zero = i32x4.splat(0);
  let carry = zero;
  for (let at: usize = below; at < below + ROW_BINS * 4; at += 16, row += 8) {
    const x = v128.load16x4_s(row);
    const pairs = i32x4.add(x, v128.shuffle<i32>(zero, x, 0, 4, 5, 6));
    const sums = i32x4.add(i32x4.add(pairs, v128.shuffle<i32>(zero, pairs, 0, 0, 4, 5)), carry);
    v128.store(at, sums, 4);
    carry = v128.shuffle<i32>(sums, sums, 3, 3, 3, 3);
  }
}

/** Map bytes of four bins, given the sums of the MEAN_COUNT bins around each. */
@inline
function mapBytes(row: usize, sums: v128): i32 {
  const prominence = i32x4.sub(i32x4.mul(v128.load16x4_s(row), i32x4.splat(MEAN_COUNT)), sums);
  const scale = <f32>(<f64>MAP_STEP / <f64>(MEAN_COUNT * LOG_STEPS));
  const scaled = add(mul(f32x4.convert_i32x4_s(prominence), splat(scale)), splat(ROUND + <f32>MAP_ZERO));
  const words = i16x8.narrow_i32x4_s(i32x4.sub(scaled, splat(ROUND)), i32x4.splat(0));
  return i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0);
}

/** Writes a byte for each bin from FIRST_BIN on (see MAP_ZERO), and up to three undefined bytes more. */
export function mapRow(row: usize, map: usize): void {
  makePrefixSums(row);
  const lowest = below + (MEAN_FIRST_BIN << 2);
  const fixed = i32x4.splat(load<i32>(lowest + (MEAN_COUNT << 2)) - load<i32>(lowest));
  for (let bin = FIRST_BIN; bin <= LAST_BIN; bin += 4) {
    const from = below + (bin - MEAN_BINS << 2);
    const sums = bin < MEAN_FIRST_BIN + MEAN_BINS ? fixed
      : i32x4.sub(v128.load(from + (MEAN_COUNT << 2)), v128.load(from));
    store<i32>(map + (bin - FIRST_BIN), mapBytes(row + (bin << 1), sums));
  }
}
