import {
  type Scope,
  VERSIONS_LIMIT,
  versionDrift,
  versionPerformance,
  versionQuality,
  versionStates,
  versionTraffic,
} from '@plumbline/schemas/queries';
import { rowsOf } from '../../../queries/rowsOf';
import type { QueryState } from '../../../queries/useQuery';
import { useSceneQuery } from '../../../scenes/useSceneQuery';
import { type VersionFacts, versionFacts } from './versionFacts';

const rowsIn = (query: QueryState) => (query.state === 'done' ? rowsOf(query.frames) : []);

/** The versions of a model: what one query failed to tell is missing, and `failures` says why. */
export const useVersions = (
  scope: Scope,
): {
  /** The versions themselves: without them there is nothing to show. */
  readonly query: QueryState;
  readonly retry: () => void;
  readonly versions: readonly VersionFacts[];
  /** There are more than are shown. */
  readonly more: boolean;
  readonly failures: readonly string[];
} => {
  const { query, retry } = useSceneQuery(versionStates(scope));
  const { query: traffic } = useSceneQuery(versionTraffic(scope));
  const { query: drift } = useSceneQuery(versionDrift(scope));
  const { query: quality } = useSceneQuery(versionQuality(scope));
  const { query: performance } = useSceneQuery(versionPerformance(scope));
  const states = rowsIn(query);
  const answers = {
    ...{ states, traffic: rowsIn(traffic), drift: rowsIn(drift) },
    ...{ quality: rowsIn(quality), performance: rowsIn(performance) },
  };
  return {
    ...{ query, retry, versions: versionFacts(answers, VERSIONS_LIMIT) },
    more: states.length > VERSIONS_LIMIT,
    failures: [traffic, drift, quality, performance].flatMap((part) =>
      part.state === 'failed' ? [part.message] : [],
    ),
  };
};
