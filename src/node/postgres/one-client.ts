import type { Client } from 'pg';
import { DatabaseHosts } from './database-hosts.ts';
import { loadClient } from './load-client.ts';
import { parseAddress } from './postgres-address.ts';
import { translated } from './postgres-fault.ts';

/** Runs `work` with a connection of its own. */
export async function withClient<T>(place: string, work: (client: Client) => Promise<T>): Promise<T> {
  const address = parseAddress(place);
  const hosts = new DatabaseHosts(await loadClient(), address.urls, { max: 1 }, false);
  try {
    const client = await hosts.separate();
    client.on('error', () => {}); // the running query fails, too
    await client.connect();
    return await work(client).finally(() => client.end());
  } catch (error) {
    throw translated(error, address);
  } finally {
    await hosts.end();
  }
}
