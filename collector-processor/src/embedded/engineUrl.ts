/** The URL of an engine that listens there. */
export const engineUrl = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
