import { buildHost } from './buildHost';
import { buildPlugin } from './buildPlugin';
import { GRAFANA_VERSIONS } from './grafanaPackages';

/** Builds what the browser tests show, so that none of them spends the time of its own set-up on it. */
async function main(): Promise<void> {
  await buildPlugin();
  // One after the other: each build takes all cores.
  for (const version of GRAFANA_VERSIONS) await buildHost(version);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
