/** Processor time and memory of a process and of the programs that it starts, from /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** What Linux counts processor time in. */
const TICKS_PER_SECOND = 100;

export class ProcessUsage {
  private own = 0;
  /** Of each program that was started, by its number; of those that have ended, what was last seen. */
  private readonly children = new Map<string, number>();
  private readonly megabytes: number[] = [];
  /** Of the memory: pages of mapped files, which the system can take back. */
  fileMegabytes = 0;

  constructor(private readonly pid: number) {}

  sample(): void {
    const own = statOf(String(this.pid));
    if (!own) return;
    this.own = own.seconds;
    const status = read(`/proc/${this.pid}/status`);
    const megabytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
    this.megabytes.push(megabytes('VmRSS'));
    this.fileMegabytes = megabytes('RssFile');
    for (const name of readdirSync('/proc')) {
      const stat = /^\d+$/.test(name) ? statOf(name) : undefined;
      if (stat?.parent === this.pid) this.children.set(name, stat.seconds);
    }
  }

  ownSeconds = (): number => this.own;
  childSeconds = (): number => [...this.children.values()].reduce((sum, seconds) => sum + seconds, 0);
  memory = (): readonly number[] => this.megabytes;
}

function statOf(pid: string): { parent: number; seconds: number } | undefined {
  // The name stands in parentheses and may hold anything.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ');
  if (!fields || fields.length < 15) return undefined;
  return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
