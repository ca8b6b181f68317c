import type { Cluster } from '@plumbline/schemas';
import type { Config } from './config/config';

/** The configured cluster; null for a server that stands alone. */
export const clusterOf = ({ storage: { cluster, database } }: Config): Cluster | null =>
  cluster === null ? null : { name: cluster, database };
