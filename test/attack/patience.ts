/** What takes longer than expected hangs. `ATTACK_PATIENCE=5` waits five times as long, for a machine that is busy. */
export const PATIENCE = Number(process.env.ATTACK_PATIENCE ?? 1);
