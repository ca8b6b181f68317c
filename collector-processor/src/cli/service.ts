import type { Component } from '../core/component';
import type { Config } from '../config/config';

/** The whole processor, as the command line sees it. */
export interface Service extends Component {
  /** Where it listens once started. */
  readonly addresses: {
    readonly grpc: string;
    readonly http: string;
    readonly admin: string;
    readonly clickhouse: string;
  };
}

export interface ServiceOptions {
  /** The monitor looks at nothing before it resolves; absent: it begins with the service. */
  readonly monitorFrom?: Promise<unknown>;
}

export type CreateService = (config: Config, options?: ServiceOptions) => Service;
