/**
 * The process in which one attack runs: `node .setup/run.mjs test/attack/attacker.ts NAME`. It takes inputs by index until it
 * is disconnected. A crash or a hang in here is seen by `campaign.ts`, and counts.
 */
import { Input, Skipped } from './attack.ts';
import { attacks } from './attacks.ts';
import type { Answer, Request } from './messages.ts';

/** An input that takes more memory than this is a failure. */
const MOST_BYTES = 1.5 * 2 ** 30;

const name = process.argv.at(-1) ?? '';
const say = (answer: Answer) => process.send?.(answer);
const { attack } = await attacks[name]();
try {
  const subject = await attack.open();
  process.on('message', async ({ index, seed, folder }: Request) => {
    const input = new Input(name, seed, index, folder, (note) => say({ note }));
    const failures = await subject.take(input);
    // The peak of all inputs so far: once it is too high, this process is replaced.
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    if (peakBytes > MOST_BYTES) failures.push(`It took ${(peakBytes / 2 ** 30).toFixed(1)} GB of memory`);
    say({ failures });
  });
  say({ ready: true, inputs: attack.inputs, patienceSeconds: attack.patienceSeconds });
  // What imports this module closes its importer when it has run, and parts of us are imported when they are needed.
  await new Promise((resolve) => process.once('disconnect', resolve));
  await subject.close?.();
} catch (error) {
  if (!(error instanceof Skipped)) throw error;
  say({ skipped: error.message });
  process.disconnect?.();
}
process.exit();
