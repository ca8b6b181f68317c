/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

const PATTERN = /^(?:\[([0-9a-fA-F:.%]+)\]|([^\s:[\]/@]+)):(\d{1,5})$/;

/** Reads `host:port` or `[ipv6]:port`; undefined when it is neither. */
export const parseAddress = (text: string): Address | undefined => {
  const match = PATTERN.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  return host === undefined || port > 65_535 ? undefined : { host, port };
};
