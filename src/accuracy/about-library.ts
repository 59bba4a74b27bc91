import type { Engine } from '../engine/api.ts';
import type { Report } from './report.ts';

/** What a report says about the library. */
export async function aboutLibrary(
  engine: Pick<Engine, 'status'>,
  version: string,
): Promise<Pick<Report, 'made' | 'version' | 'tracks' | 'hours' | 'bytesPerMinute'>> {
  const { trackCount, seconds, bytes } = await engine.status();
  return {
    made: new Date().toISOString(),
    version,
    tracks: trackCount,
    hours: seconds / 3600,
    bytesPerMinute: (bytes.prints + bytes.index) / (seconds / 60),
  };
}
