/** What the server of the host writes into the page beside Grafana's own boot data. */
export interface HostPage {
  readonly pluginId: string;
  /** Says what this is to whoever looks at it; absent in tests. */
  readonly notice?: string;
  readonly pages: readonly { readonly name: string; readonly path: string }[];
}

declare global {
  interface Window {
    readonly hostPage: HostPage;
    /** Requests of the page that are under way, so that a test knows when it has settled. */
    hostPending?: number;
  }
}

export const hostPage: HostPage = window.hostPage;
