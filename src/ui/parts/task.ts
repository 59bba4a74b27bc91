/** Starts a new task, so that waiting input and frames are handled first and no task is long on slow devices. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
