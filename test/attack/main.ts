/**
 * Hostile input: `npm run attack [-- --full | --minutes M] [--only NAME,NAME] [--seed N] [--input N | --from N]`.
 *
 * Five minutes unless told otherwise; `--full` takes all 10,000 inputs. Everything is made from the seed: a failure is
 * repeated by its line of the report, `--only NAME --seed N --input N`, and then tells what it did. `--from` begins with
 * that input: a campaign can be run in parts.
 *
 * On a busy machine `ATTACK_PATIENCE=5` keeps slow from being taken for a hang.
 *
 * A failure is a crash, a hang, memory without bound, a track lost that was told as added, a track by half, a message that
 * was not written for a person, a file of the person's changed or left behind. The exit status is 1 if there is any.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { attacks } from './attacks.ts';
import { campaign, type Failure, type Result } from './campaign.ts';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '5' },
    only: { type: 'string' },
    seed: { type: 'string', default: '1' },
    input: { type: 'string' },
    from: { type: 'string' },
  },
});
const names = values.only?.split(',') ?? Object.keys(attacks);
const unknown = names.filter((name) => !(name in attacks));
if (unknown.length > 0)
  throw new Error(`There is no attack "${unknown}". There are: ${Object.keys(attacks).join(', ')}.`);
const seed = Number(values.seed);
const input = values.input === undefined ? undefined : Number(values.input);
const minutes = values.full || input !== undefined ? undefined : Number(values.minutes);

const shown = ({ attack, index, what }: Failure) =>
  `\n${attack} ${index} (npm run attack -- --only ${attack} --seed ${seed} --input ${index})\n  ${what.join('\n  ')}`;

const results = await campaign(
  { names, seed, input, from: Number(values.from ?? 0), minutes },
  {
    noted(what) {
      if (input !== undefined) console.log(`  ${what}`);
    },
    taken(attack, index, failures) {
      if (failures.length > 0) console.log(shown({ attack, index, what: failures }));
      else if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${attack} ${index + 1}`);
    },
  },
);
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
print(results);
process.exit(results.some(({ failures }) => failures.length > 0) ? 1 : 0);

function print(results: Result[]): void {
  const { model } = cpus()[0];
  const date = new Date().toISOString().slice(0, 10);
  console.log(`\n${date}, ${model}, ${cpus().length} cores, Node ${process.version}, seed ${seed}\n`);
  const sum = (of: (result: Result) => number) => results.reduce((total, result) => total + of(result), 0);
  const total = { attack: 'all', inputs: sum(({ inputs }) => inputs), failures: results.flatMap((r) => r.failures) };
  console.log('  test            inputs  failures   seconds');
  for (const { attack, inputs, failures, seconds, skipped } of [
    ...results,
    { ...total, seconds: sum((r) => r.seconds), skipped: undefined },
  ])
    console.log(
      skipped
        ? `  ${attack.padEnd(14)}  skipped: ${skipped}`
        : `  ${attack.padEnd(14)} ${String(inputs).padStart(7)} ${String(failures.length).padStart(9)} ${seconds.toFixed(0).padStart(9)}`,
    );
}
