#!/usr/bin/env node
/** Starts the command line. Nothing but glue. */
import { run } from './run.ts';
import { openTerminal } from './terminal.ts';

// Whoever reads us may stop reading: `entendu list | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

process.exitCode = await run(process.argv.slice(2), openTerminal(process.stdout, process.stderr, process.env));
