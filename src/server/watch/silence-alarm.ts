/** Notices that a station is silent, and that it sounds again. In: sound. Out: an event when that changes. */

/** Quieter than any music. */
const SILENCE_DB = -60;

export class SilenceAlarm {
  private silentSeconds = 0;
  private isAlarmed = false;

  constructor(private readonly alarmSeconds: number) {}

  /** Takes a block of less than about a second. */
  push(
    samples: Float32Array,
    sampleRate: number,
  ): { event: 'silent'; seconds: number } | { event: 'sound' } | undefined {
    const wasAlarmed = this.isAlarmed;
    if (10 * Math.log10(powerOf(samples) + 1e-12) >= SILENCE_DB) {
      this.silentSeconds = 0;
      this.isAlarmed = false;
      return wasAlarmed ? { event: 'sound' } : undefined;
    }
    this.silentSeconds += samples.length / sampleRate;
    this.isAlarmed = this.silentSeconds >= this.alarmSeconds;
    return this.isAlarmed && !wasAlarmed ? { event: 'silent', seconds: Math.round(this.silentSeconds) } : undefined;
  }
}

/** Of every fourth sample, which is accurate enough. */
function powerOf(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i += 4) sum += samples[i] * samples[i];
  return sum / Math.max(1, Math.ceil(samples.length / 4));
}
