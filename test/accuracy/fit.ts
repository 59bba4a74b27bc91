/**
 * Prints the weights of the decision, fitted on music, for `src/match/judge/weights.ts`:
 *
 *     node .setup/run.mjs test/accuracy/fit.ts --music FOLDER          (and the other options of `entendu accuracy`)
 */
import { accuracy, trialOf } from '../../src/cli/commands/accuracy.ts';
import { readArguments } from '../../src/cli/options.ts';
import { openTerminal } from '../../src/cli/terminal.ts';
import { fittedWeights } from './fitted-weights.ts';

const terminal = openTerminal(process.stdout, process.stderr, process.env);
const { values } = readArguments(process.argv.slice(2), accuracy.options);
terminal.print(JSON.stringify(await fittedWeights(await trialOf(values, terminal))));
