export interface Sender {
  readonly tenant: string;
}

/** Reads one request header or metadata entry by its lower-case name. */
export type HeaderReader = (name: string) => string | undefined;

/** Says who sends; undefined: nobody we know. Called before the body is read. */
export type Authenticate = (header: HeaderReader) => Sender | undefined;

const DEFAULT_SENDER: Sender = { tenant: 'default' };

/** Without tokens everyone is the tenant `default`. */
export const everyone: Authenticate = () => DEFAULT_SENDER;
