/** What the title of the page says before the name of the place: that the microphone is open, and what plays. */
import { cell } from './parts/cell.ts';

export const hearing = cell<string | undefined>(undefined);
