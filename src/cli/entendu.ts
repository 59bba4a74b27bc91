#!/usr/bin/env node
import { decodeOnThreads, endDecoding } from '../node/decode/decode-on-thread.ts';
/** Starts the command line. Glue only. */
import { endChildren } from '../node/system/child-programs.ts';
import { FAILED, FOUND } from './command.ts';
import { run } from './dispatch.ts';
import { openTerminal } from './terminal.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of our output may stop early: `entendu list | head`.
  if (error.code === 'EPIPE') process.exit(FOUND);
  const reason = error.code === 'ENOSPC' ? 'the disk is full' : error.message;
  process.stderr.write(`entendu: The output cannot be written: ${reason}.\n`);
  process.exit(FAILED);
});
// If messages cannot be written, there is no way to report that.
process.stderr.on('error', () => {});

decodeOnThreads();
process.exitCode = await run(process.argv.slice(2), openTerminal(process.stdout, process.stderr, process.env));
endChildren();
endDecoding();
