// The kernel's interface. Two stages work on the same block of samples, one after the other:
//
//     the host writes `samples` --> resample --> `samples` at RATE --> analyse --> peaks and map rows for the host
//
// An instance holds the state of one resampler and one analysis. To analyse the same sound several times, the host
// resamples it in one instance and copies the result into the others: see `src/kernel/kernel.ts`. The host reads
// `peakCount` peaks and `mapCount` rows before its next call of `analyse` or `endAnalysis`.
export {
  BIN_COUNT, FASTEST_RATE, FIRST_BIN, FORMAT, HOP, MAP_STEP, MAP_ZERO, PRINT_RANK, RATE, SLOWEST_RATE, WINDOW,
} from "./params";
export { INPUT_CAPACITY, SAMPLE_CAPACITY, samples } from "./samples";
export { endResampler, resample, startResampler } from "./resample";
export { analyse, endAnalysis, map, mapCount, startAnalysis } from "./analysis";
export {
  peakBinFractions, peakBins, peakCount, peakFrameFractions, peakFrames, peakLevels, peakRanks,
} from "./ranks";
