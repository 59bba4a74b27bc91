/** What the process of an attack and the campaign say to one another. */
export type Request = { index: number; seed: number; folder: string };

export type Answer =
  | { ready: true; inputs: number; patienceSeconds: number }
  | { skipped: string }
  | { note: string }
  | { failures: string[] };
