declare module 'autocannon' {
  interface Request {
    method: string;
    path: string;
    body: Buffer;
    headers?: Record<string, string>;
  }
  interface Options {
    url: string;
    connections: number;
    duration: number;
    overallRate?: number;
    headers?: Record<string, string>;
    requests: Request[];
  }
  interface Instance extends Promise<unknown> {
    on(event: 'response', take: (client: unknown, status: number, bytes: number, ms: number) => void): void;
    on(event: 'reqError', take: (error: Error) => void): void;
  }
  export default function autocannon(options: Options): Instance;
}
