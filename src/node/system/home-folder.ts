/** The default folder of the library: where the system stores application data. */
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export function homeLibrary(
  env: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
  home = homedir(),
): string {
  if (env.ENTENDU_LIBRARY) return env.ENTENDU_LIBRARY;
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Entendu', 'library');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Entendu', 'library');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'entendu', 'library');
}

/** Where what belongs to a library is kept: the folder that it is in, or of a database the user's own. */
export function folderBeside(library: string): string {
  const isAddress = /^[a-z]+:\/\//.test(library);
  const folder = isAddress ? homeLibrary({ ...process.env, ENTENDU_LIBRARY: undefined }) : library;
  return dirname(resolve(folder.replace(/^~(?=\/)/, homedir())));
}
