/** The process of an attack, seen from outside: started when needed, watched, and replaced when it crashed or hung. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, Request } from './messages.ts';
import { PATIENCE } from './patience.ts';

/** Starting is slow on a busy machine. */
const START_SECONDS = 180 * PATIENCE;
/** Of what a crashed process has written, the end tells most. */
const COMPLAINT_LENGTH = 1500;

export class AttackProcess {
  private child: ChildProcess | undefined;
  private complaint = '';
  private patienceSeconds = START_SECONDS;

  constructor(
    private readonly name: string,
    private readonly env: NodeJS.ProcessEnv,
    /** Hears what is done. */
    private readonly noted: (what: string) => void,
  ) {}

  /** Gives the inputs of a full campaign, or why the attack cannot be done here. */
  async start(): Promise<{ inputs: number } | { skipped: string }> {
    const program = ['.setup/run.mjs', 'test/attack/attacker.ts', this.name];
    // A group of its own, so that whatever it starts can be ended with it.
    const child = spawn(process.execPath, program, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...this.env },
    });
    this.child = child;
    this.complaint = '';
    const hear = (text: Buffer) => {
      this.complaint = (this.complaint + text).slice(-COMPLAINT_LENGTH);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    const answer = await this.answer(START_SECONDS);
    if (typeof answer === 'string') throw new Error(`the attack "${this.name}" does not start: ${answer}`);
    if ('skipped' in answer) return answer;
    if (!('ready' in answer)) throw new Error(`the attack "${this.name}" answers before it is asked`);
    this.patienceSeconds = answer.patienceSeconds * PATIENCE;
    return { inputs: answer.inputs };
  }

  /** Gives what failed. */
  async take(request: Request): Promise<string[]> {
    if (!this.child) await this.start();
    this.child?.send(request);
    const answer = await this.answer(this.patienceSeconds);
    if (typeof answer === 'string') {
      this.kill();
      return [answer];
    }
    if (!('failures' in answer)) throw new Error(`the attack "${this.name}" answers something else`);
    if (answer.failures.length > 0) await this.close(); // what went wrong may have left something behind
    return answer.failures;
  }

  async close(): Promise<void> {
    const { child } = this;
    if (!child) return;
    const ended = once(child, 'exit');
    if (child.connected) child.disconnect();
    const late = setTimeout(() => this.kill(), 10_000);
    if (child.exitCode === null && child.signalCode === null) await ended;
    clearTimeout(late);
    this.kill();
  }

  /** Ends it, and whatever it started. */
  kill(): void {
    const pid = this.child?.pid;
    this.child = undefined;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // All of the group has ended.
    }
  }

  /** The next answer, or a sentence about why there is none. */
  private answer(seconds: number): Promise<Answer | string> {
    const { child } = this;
    if (!child) return Promise.resolve('It is not running');
    return new Promise((resolve) => {
      const late = setTimeout(() => done(`HANG: nothing after ${seconds} s`), 1000 * seconds);
      const heard = (answer: Answer) => ('note' in answer ? this.noted(answer.note) : done(answer));
      const closed = (code: number | null, signal: string | null) =>
        done(`CRASH: ended by ${signal ?? `status ${code}`}: ${this.complaint.trim()}`);
      function done(answer: Answer | string): void {
        clearTimeout(late);
        child?.off('message', heard).off('close', closed);
        resolve(answer);
      }
      child.on('message', heard).on('close', closed);
    });
  }
}
