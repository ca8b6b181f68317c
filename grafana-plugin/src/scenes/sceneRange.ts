import { createContext, useContext } from 'react';

/** The time range of the page in epoch milliseconds, and how often the refresh button was pressed. */
export interface SceneRange {
  readonly fromMs: number;
  readonly toMs: number;
  readonly refreshed: number;
  /** As the refresh button does: a range up to now ends later, and everything is asked for again. */
  readonly refresh: () => void;
}

export const SceneRangeContext = createContext<SceneRange | undefined>(undefined);

export const useSceneRange = (): SceneRange => {
  const range = useContext(SceneRangeContext);
  if (range === undefined) throw new Error('useSceneRange() outside of a SceneBody');
  return range;
};
