/** A process that is killed while it works. */
import { spawn } from 'node:child_process';

/** Starts the child, kills it after so long without asking it, and tells what it said it had done. */
export function livedAndKilled(program: string, place: string, seed: number, milliseconds: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, place, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text) => {
    if (said === '') setTimeout(() => child.kill('SIGKILL'), milliseconds);
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) =>
      code === null ? resolve(said.split('\n').slice(0, -1)) : reject(new Error(`ended: ${code}`)),
    );
  });
}
