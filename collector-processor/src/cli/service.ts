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

export type CreateService = (config: Config) => Service;
