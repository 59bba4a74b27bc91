/** Kills a process while it works. */
import { spawn } from 'node:child_process';

/** Starts the child, kills it after this time, and returns what it reported as done. */
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
