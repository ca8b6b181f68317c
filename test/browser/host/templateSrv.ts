import type { ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import { type SceneObject, sceneGraph } from '@grafana/scenes';

/** The scene that a query belongs to, as Scenes hands it over. */
const sceneOf = (scopedVars?: ScopedVars): SceneObject | undefined =>
  (scopedVars?.__sceneObject?.value as { valueOf(): SceneObject } | undefined)?.valueOf();

/** Replaces variables: those of a scene through Scenes, as Grafana does; else the scoped ones by name. */
export const templateSrv: TemplateSrv = {
  getVariables: () => [],
  replace(target = '', scopedVars, format) {
    const scene = sceneOf(scopedVars);
    if (scene !== undefined)
      return sceneGraph.interpolate(scene, target, scopedVars, format as string);
    return target.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => {
      const found = scopedVars?.[name];
      return found === undefined ? whole : String(found.value);
    });
  },
  containsTemplate: (target) => target?.includes('$') === true,
  updateTimeRange: () => undefined,
};
