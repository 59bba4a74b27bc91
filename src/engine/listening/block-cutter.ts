/** Cuts sound into blocks of one length. In: samples, as many as come at a time. Out: a block whenever there is enough for one. */
const STATES_PER_SECOND = 4;
/** The first block is shorter: its state is sent sooner, to show that the microphone works. */
const FIRST_STATE_SECONDS = 0.1;

export class BlockCutter {
  private block: Float32Array;
  private filled = 0;

  /** There is one block for each state. */
  constructor(
    private readonly sampleRate: number,
    private readonly statesPerSecond = STATES_PER_SECOND,
  ) {
    this.block = new Float32Array(Math.round(sampleRate * FIRST_STATE_SECONDS));
  }

  /** The blocks that these samples complete. Take each before the next: the rest of the samples waits meanwhile. */
  *cut(samples: Float32Array): Generator<Float32Array> {
    for (let from = 0; from < samples.length; ) {
      const part = samples.subarray(from, from + this.block.length - this.filled);
      this.block.set(part, this.filled);
      this.filled += part.length;
      from += part.length;
      if (this.filled < this.block.length) return;
      const { block } = this;
      this.block = new Float32Array(Math.round(this.sampleRate / this.statesPerSecond));
      this.filled = 0;
      yield block;
    }
  }
}
