/** The part of the page's title before the name of the screen: that the microphone is open, and what plays. */
import { cell } from './parts/state/cell.ts';

export const hearing = cell<string | undefined>(undefined);
