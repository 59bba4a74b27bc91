/** Writes a part of a new file, says so, and never comes to its end: for tests that interrupt it. */
import { newFile } from '../../src/node/new-file.ts';

const file = await newFile(process.argv[2]);
await file.write(Buffer.from('a part'));
console.log('written');
setInterval(() => {}, 1000);
