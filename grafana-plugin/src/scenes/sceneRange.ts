import { createContext, useContext } from 'react';

/** The time range of the page in epoch milliseconds, and how often the refresh button was pressed. */
export interface SceneRange {
  readonly fromMs: number;
  readonly toMs: number;
  readonly refreshed: number;
}

export const SceneRangeContext = createContext<SceneRange | undefined>(undefined);

export const useSceneRange = (): SceneRange => {
  const range = useContext(SceneRangeContext);
  if (range === undefined) throw new Error('useSceneRange() outside of a SceneBody');
  return range;
};
