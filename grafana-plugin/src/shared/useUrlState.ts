import { locationService } from '@grafana/runtime';
import { useCallback, useMemo } from 'react';
import { useLocation } from 'react-router-dom';

/** Parameters of the address with what they are when they are absent. */
type Defaults = Readonly<Record<string, string>>;

/**
 * State of a page in its address, so that it can be linked and survives a reload. Values at their default are left out.
 * `set` replaces the entry of the history: typing in a search box must not fill the Back button.
 */
export const useUrlState = <State extends Defaults>(
  defaults: State,
): readonly [State, (change: Partial<State>) => void] => {
  const { search } = useLocation();
  const state = useMemo(() => {
    const given = new URLSearchParams(search);
    return Object.fromEntries(
      Object.entries(defaults).map(([name, fallback]) => [name, given.get(name) ?? fallback]),
    ) as State;
  }, [search, defaults]);
  const set = useCallback(
    (change: Partial<State>) => {
      const sparse = Object.fromEntries(
        Object.entries(change).map(([name, value]) => [
          name,
          value === defaults[name] ? null : value,
        ]),
      );
      locationService.partial(sparse, true);
    },
    [defaults],
  );
  return [state, set];
};
