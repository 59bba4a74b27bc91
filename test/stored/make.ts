/** `node .setup/run.mjs test/stored/make.ts`: see `README.md`. */
import { writeFileSync } from 'node:fs';
import { KERNEL_FORMAT } from '../../src/kernel/format.ts';
import { clipAnswers, liveAnswers, storedAnswers } from './answers.ts';
import { bytesMade, peaksText, storedBytes, storedPeaks } from './peaks.ts';

writeFileSync(storedPeaks(KERNEL_FORMAT), await peaksText());
writeFileSync(storedBytes, `${JSON.stringify(await bytesMade(), undefined, 2)}\n`);
const answers = { clips: await clipAnswers(), live: await liveAnswers() };
writeFileSync(storedAnswers, `${JSON.stringify(answers, undefined, 2)}\n`);
