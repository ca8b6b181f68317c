/** The app's `jsonData`: everyone who is signed in can read it. The token is in `secureJsonData`, which nobody can. */
export interface AppSettings {
  /** The root of the processor's admin server as Grafana reaches it, e.g. `http://plumbline:4319`. */
  readonly apiUrl?: string;
  /** The ClickHouse data source to start with. */
  readonly datasourceUid?: string;
}

/** Names of secrets in `secureJsonData`. */
export const API_TOKEN = 'apiToken';
