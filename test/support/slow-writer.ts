/** Writes part of a new file, reports that, and never finishes, for tests that interrupt it. */
import { newFile } from '../../src/node/system/new-file.ts';

const file = await newFile(process.argv[2]);
await file.write(Buffer.from('a part'));
console.log('written');
setInterval(() => {}, 1000);
