/** Lets a suspended context run. Until a tap the browser may not allow it, and the context may be closed meanwhile: neither is a fault. */
export function resumeContext(context: AudioContext): void {
  if (context.state !== 'running') context.resume().catch(() => {});
}
