/** The part of the browser's interface for extensions that is used here. */
declare const chrome: {
  runtime: {
    sendMessage(message: unknown): Promise<unknown>;
    onMessage: {
      /** A listener that returns `true` calls `reply` later. */
      addListener(listener: (message: unknown, sender: unknown, reply: (answer?: unknown) => void) => boolean): void;
      removeListener(listener: unknown): void;
    };
    getContexts(filter: { contextTypes: string[] }): Promise<unknown[]>;
    getURL(path: string): string;
  };
  action: {
    setBadgeText(details: { text: string }): Promise<void>;
    getBadgeText(details: object): Promise<string>;
    setTitle(details: { title: string }): Promise<void>;
  };
  offscreen: {
    createDocument(details: { url: string; reasons: string[]; justification: string }): Promise<void>;
    closeDocument(): Promise<void>;
  };
  tabCapture: { getMediaStreamId(options: { targetTabId: number }): Promise<string> };
  tabs: {
    query(query: { active: boolean; currentWindow: boolean }): Promise<{ id?: number }[]>;
    create(properties: { url: string }): Promise<unknown>;
  };
};
