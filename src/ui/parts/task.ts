/** What follows is a task of its own: a tap or a frame that waits goes first, and no task is long on a slow device. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
