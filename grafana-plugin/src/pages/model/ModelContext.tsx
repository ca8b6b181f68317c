import { createContext, useContext, useMemo } from 'react';
import type { Scope } from '@plumbline/schemas/queries';
import { useLocation } from 'react-router-dom';
import type { KnownModel } from './modelIdentity';
import { modelScope, versionsIn } from './modelScope';

const Context = createContext<KnownModel | undefined>(undefined);

export const ModelProvider = Context.Provider;

/** The model of the page, with all of its versions. */
export const useModel = (): KnownModel => {
  const model = useContext(Context);
  if (model === undefined) throw new Error('useModel() outside of the model page');
  return model;
};

/** What statements of the page are restricted to: the model, and the versions that are chosen. */
export const useModelScope = (): Scope => {
  const { identity } = useModel();
  const { search } = useLocation();
  return useMemo(() => modelScope(identity, versionsIn(search)), [identity, search]);
};
