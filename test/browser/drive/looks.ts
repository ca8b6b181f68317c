import { GRAFANA_VERSIONS, type GrafanaVersion } from '../build/grafanaPackages';

export interface Look {
  readonly version: GrafanaVersion;
  readonly theme: 'dark' | 'light';
}

const THEMES = ['dark', 'light'] as const;

/** Every page is shown in each: what is there, its console and its accessibility depend on them. */
export const LOOKS: readonly Look[] = GRAFANA_VERSIONS.flatMap((version) =>
  THEMES.map((theme) => ({ version, theme })),
);

/** In which a page is tested in full: numbers, choices and narrow windows are the same in the others, and take long. */
export const MAIN_LOOK: Look = { version: '13', theme: 'dark' };

export const NARROW = { ...MAIN_LOOK, width: 360, height: 740 } as const;
