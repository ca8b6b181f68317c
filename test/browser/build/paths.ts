import { dirname, join } from 'node:path';

/** The workspace `test`, whether this runs from its sources or from what was compiled. */
export const TEST_ROOT = dirname(require.resolve('@plumbline/test/package.json'));
export const ROOT = join(TEST_ROOT, '..');
export const HOST_SOURCES = join(TEST_ROOT, 'browser/host');
/** Built hosts; ignored by git like every `dist`. */
export const HOST_BUILDS = join(TEST_ROOT, 'dist/host');
export const PLUGIN_ROOT = join(ROOT, 'grafana-plugin');
export const PLUGIN_DIST = join(PLUGIN_ROOT, 'dist');
/** What a run shows of its pages: kept by continuous integration, ignored by git. */
export const ARTEFACTS = join(ROOT, 'coverage/browser');
