/** Resumes a suspended context. It is no error if the browser refuses before the first tap, or if the context has been closed. */
export function resumeContext(context: AudioContext): void {
  if (context.state !== 'running') context.resume().catch(() => {});
}
