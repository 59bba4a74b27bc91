/**
 * Sends events to other programs. Each message is signed, so that the receiver can verify its sender and time:
 *
 *     Entendu-Signature: t=SECONDS,v1=HEX      HEX = HMAC-SHA-256(secret, `${SECONDS}.${body}`)
 *
 * Failed messages are sent again after longer and longer waits, and finally stored in a file of dead letters.
 */
import { createHmac, randomUUID } from 'node:crypto';

export interface Webhook {
  address: string;
  secret: string;
  /** Which events to send; default: all. */
  events?: string[];
}

interface Message {
  id: string;
  event: string;
  at: string;
  [detail: string]: unknown;
}

interface DeadLetter {
  address: string;
  message: Message;
  why: string;
  tries: number;
}

interface WebhookHost {
  fetch: typeof fetch;
  /** Resolves early if the signal aborts. */
  wait(seconds: number, signal: AbortSignal): Promise<void>;
  now(): number;
  dead(letter: DeadLetter): void;
}

/** Seconds before each further attempt: a receiver may be unavailable for an hour. */
const RETRY_SECONDS = [1, 5, 30, 120, 600, 3600];
const TIMEOUT_MS = 10_000;
/** Maximum number of pending messages, so that an unavailable receiver cannot fill our memory; more become dead letters. */
const MOST_WAITING = 1000;

export class Webhooks {
  private readonly running = new Set<Promise<void>>();
  private readonly stop = new AbortController();

  constructor(
    private readonly hooks: readonly Webhook[],
    private readonly host: WebhookHost,
  ) {}

  send(event: string, at: string, details: object): void {
    for (const hook of this.hooks) {
      if (hook.events && !hook.events.includes(event)) continue;
      const message: Message = { ...details, id: randomUUID(), event, at };
      if (this.running.size >= MOST_WAITING) {
        this.host.dead({ address: hook.address, message, why: 'Too many messages wait.', tries: 0 });
        continue;
      }
      const delivery = this.deliver(hook, message);
      this.running.add(delivery);
      void delivery.finally(() => this.running.delete(delivery));
    }
  }

  /** Messages that wait for another attempt become dead letters; resolves when all messages are sent or stored. */
  async close(): Promise<void> {
    this.stop.abort();
    await Promise.all(this.running);
  }

  private async deliver(hook: Webhook, message: Message): Promise<void> {
    let tries = 0;
    for (;;) {
      const why = await this.attempt(hook, message);
      tries++;
      if (why === undefined) return;
      const wait = RETRY_SECONDS[tries - 1];
      if (wait === undefined || this.stop.signal.aborted)
        return this.host.dead({ address: hook.address, message, why, tries });
      await this.host.wait(wait, this.stop.signal);
    }
  }

  /** Returns the reason for a failure. */
  private async attempt({ address, secret }: Webhook, message: Message): Promise<string | undefined> {
    const body = JSON.stringify(message);
    const seconds = Math.floor(this.host.now() / 1000);
    try {
      const response = await this.host.fetch(address, {
        method: 'POST',
        body,
        headers: {
          'Content-Type': 'application/json',
          'Entendu-Event': message.event,
          'Entendu-Id': message.id,
          'Entendu-Signature': signatureOf(secret, seconds, body),
        },
        redirect: 'manual', // a signed message must not go to another address
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      return response.ok ? undefined : `It answered ${response.status}.`;
    } catch (error) {
      return `It cannot be reached: ${error instanceof Error ? error.message : error}.`;
    }
  }
}

export function signatureOf(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
