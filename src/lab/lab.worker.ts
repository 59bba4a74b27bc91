/** Hosts the lab. Nothing but glue. */
import { expose, proxy, wrap } from 'comlink';
import { install } from '../engine/bridge/crossing.ts';
import type { DecodeOnPage } from './decode-song.ts';
import type { Lab } from './lab-api.ts';
import { createLab, type LabEngine } from './lab-host.ts';

install();

export type OpenLab = (engine: MessagePort, decodeOnPage: DecodeOnPage) => Promise<Lab>;

const open: OpenLab = async (port, decodeOnPage) =>
  proxy(createLab(wrap<LabEngine>(port) as unknown as LabEngine, decodeOnPage));

expose(open);
