/** A PostgreSQL server of the system's own, on a free loopback port, in a temporary folder. PostgreSQL refuses to run as root. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PostgresServer {
  port: number;
  /** Of a new, empty database. */
  newDatabase(): Promise<string>;
  /** As a crash or an unplugged machine would. */
  kill(): Promise<void>;
  /** Unless it runs. */
  start(): Promise<void>;
  /** Of a standby: it takes writes from now on. */
  promote(): void;
  /** Ends all connections that others have to it. */
  cutConnections(): void;
  query(database: string, text: string): string;
  stop(): Promise<void>;
}

const DEBIAN = '/usr/lib/postgresql';

/** The folder with `initdb`, or undefined: then tests that need it are skipped. */
export function postgresPrograms(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(DEBIAN, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb')));
}

interface PostgresOptions {
  /** A server whose standby this becomes; it then holds the same, and every commit waits for it. */
  of?: PostgresServer;
  /** A folder on a small disk, for its files. */
  smallDisk?: string;
}

export async function startPostgres(
  programs: string,
  { of, smallDisk }: PostgresOptions = {},
): Promise<PostgresServer> {
  const folder = mkdtempSync(join(smallDisk ?? tmpdir(), 'entendu-postgres-'));
  const data = join(folder, 'data');
  const user = otherUser();
  if (user) chownSync(folder, user.uid, user.gid);
  const port = await freePort();
  const run = (program: string, ...args: string[]) =>
    execFileSync(join(programs, program), args, {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
  if (of)
    run('pg_basebackup', '-h', '127.0.0.1', '-p', String(of.port), '-U', 'postgres', '-D', data, '-R', '-c', 'fast');
  else
    run(
      'initdb',
      '-D',
      data,
      '-A',
      'trust',
      '-U',
      'postgres',
      '--no-sync',
      '-E',
      'UTF8',
      ...(smallDisk ? ['--wal-segsize=1'] : []),
    );
  let server: ReturnType<typeof spawn> | undefined;
  let count = 0;
  const query = (database: string, text: string) =>
    run('psql', '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-d', database, '-Atc', text).trim();

  const isRunning = () => server !== undefined && server.exitCode === null && server.signalCode === null;

  async function start(): Promise<void> {
    if (isRunning()) return untilReady();
    const settings = [
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${folder}`,
      'shared_buffers=32MB',
      'jit=off',
      ...(smallDisk ? ['min_wal_size=2MB', 'max_wal_size=4MB'] : []),
    ];
    const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    server = spawn(join(programs, 'postgres'), args, { ...user, cwd: folder, stdio: 'ignore' });
    await untilReady();
  }

  async function untilReady(): Promise<void> {
    const ready = () => spawnSync(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)]).status === 0;
    for (let tries = 0; !ready(); tries++) {
      if (tries > 300) throw new Error('PostgreSQL did not start');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!server || !isRunning()) return;
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    server.kill(signal);
    await ended;
  }

  await start();
  if (of) {
    of.query('postgres', "ALTER SYSTEM SET synchronous_standby_names = '*'");
    of.query('postgres', 'SELECT pg_reload_conf()');
  }
  return {
    port,
    start,
    query,
    kill: () => end('SIGKILL'),
    async newDatabase() {
      const name = `music${++count}`;
      query('postgres', `CREATE DATABASE ${name}`);
      return `postgres://postgres@127.0.0.1:${port}/${name}`;
    },
    promote() {
      query('postgres', "ALTER SYSTEM SET synchronous_standby_names = ''");
      query('postgres', 'SELECT pg_promote()');
    },
    cutConnections() {
      query(
        'postgres',
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL',
      );
    },
    async stop() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** For root: the user `postgres` where there is one, else `nobody`. */
function otherUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string, name: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  const name = idOf('-u', 'postgres') ? 'postgres' : 'nobody';
  return { uid: idOf('-u', name), gid: idOf('-g', name) };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
