/**
 * Radio stations on loopback, each with a programme of its own made from a seed, sent as fast as it is taken. A station goes on where
 * it was when it is connected to again. Between songs its stream sometimes dies, stalls, sends junk, or comes back at half the rate;
 * every fifth station has no trouble, so that its sessions become long.
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { header } from '../server/watch/radio.ts';
import { random } from '../support/random.ts';
import { RATE, type Song } from './watch-material.ts';

const PAUSE_SECONDS = 4;
/** One of so many songs is unknown. */
const UNKNOWN_EVERY = 3;
/** Once in so many songs something goes wrong. */
const TROUBLE_EVERY = 12;
const STEADY_EVERY = 5;
const CHUNK = 65_536;

interface Station {
  name: string;
  draw: () => number;
  /** Known songs that were sent whole. */
  played: Song[];
  last: Song | undefined;
  seconds: number;
  isSteady: boolean;
  isHalf: boolean;
  /** All is sent; and it was asked for more, so all was heard. */
  isOver: boolean;
  isHeard: boolean;
}

export class Transmitter {
  private readonly server: Server;
  private readonly all: Station[];
  private over = () => {};
  readonly isOver = new Promise<void>((resolve) => {
    this.over = resolve;
  });

  private constructor(
    private readonly songs: Song[],
    names: string[],
    private seconds: number,
  ) {
    this.all = names.map((name, i) => ({
      ...{ name, draw: random(i + 1), played: [], last: undefined, seconds: 0 },
      ...{ isSteady: i % STEADY_EVERY === STEADY_EVERY - 1, isHalf: false, isOver: false, isHeard: false },
    }));
    this.server = createServer((request, response) => {
      const station = this.all[Number(request.url?.slice(1))];
      if (station && !station.isOver) return void this.send(station, response);
      response.writeHead(503).end();
      if (!station) return;
      station.isHeard = true;
      if (this.all.every(({ isHeard }) => isHeard)) this.over();
    });
  }

  static async start(songs: Song[], names: string[], seconds: number): Promise<Transmitter> {
    const transmitter = new Transmitter(songs, names, seconds);
    await new Promise<void>((resolve) => transmitter.server.listen(0, '127.0.0.1', resolve));
    return transmitter;
  }

  stations = () => {
    const { port } = this.server.address() as AddressInfo;
    return this.all.map(({ name }, i) => ({ name, source: `http://127.0.0.1:${port}/${i}` }));
  };
  sent = () => this.all.map(({ name, played }) => ({ name, played }));
  secondsSent = () => this.all.reduce((sum, { seconds }) => sum + seconds, 0);
  /** Of each station, the least and the most. */
  spread = () => [
    Math.min(...this.all.map(({ seconds }) => seconds)),
    Math.max(...this.all.map(({ seconds }) => seconds)),
  ];

  /** Every station ends after the song that it is sending. */
  finish(): void {
    this.seconds = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async send(station: Station, response: ServerResponse): Promise<void> {
    const { isHalf } = station;
    response.writeHead(200, { 'Content-Type': 'audio/wav' }).write(header(isHalf ? RATE / 2 : RATE));
    while (!response.destroyed) {
      const song = this.next(station);
      await this.play(station, response, song.samples, isHalf);
      await this.play(station, response, new Int16Array(PAUSE_SECONDS * RATE), isHalf);
      if (response.destroyed) return;
      if (song.isKnown) station.played.push(song);
      if (station.seconds >= this.seconds) {
        station.isOver = true;
        return void response.end();
      }
      if (!station.isSteady && station.draw() * TROUBLE_EVERY < 1) return this.trouble(station, response);
    }
  }

  /** Never the same song twice in a row. */
  private next(station: Station): Song {
    const isKnown = station.draw() * UNKNOWN_EVERY >= 1;
    const songs = this.songs.filter((song) => song.isKnown === isKnown && song !== station.last);
    station.last = songs[Math.floor(station.draw() * songs.length)];
    return station.last;
  }

  private trouble(station: Station, response: ServerResponse): void {
    const kind = Math.floor(station.draw() * 4);
    // Dies in the middle of a chunk. What was sent arrives, otherwise it could not be told what is to be found.
    if (kind === 0) response.socket?.end();
    else if (kind === 1) {
      station.isHalf = !station.isHalf;
      response.end();
    } else if (kind === 2) response.end(Buffer.alloc(300_000, 'junk '));
    // Otherwise it stalls: nothing comes, and it stays open.
  }

  private async play(station: Station, response: ServerResponse, samples: Int16Array, isHalf: boolean): Promise<void> {
    const sent = isHalf
      ? Int16Array.from({ length: samples.length >> 1 }, (_, i) => (samples[2 * i] + samples[2 * i + 1]) >> 1)
      : samples;
    const bytes = Buffer.from(sent.buffer, sent.byteOffset, sent.byteLength);
    for (let from = 0; from < bytes.length && !response.destroyed; from += CHUNK)
      if (!response.write(bytes.subarray(from, from + CHUNK))) await drained(response);
    station.seconds += samples.length / RATE;
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
    if (response.destroyed) go();
  });
}
