import { createContext, useContext } from 'react';

/** The ClickHouse data source that the pages read. */
export interface DataSource {
  readonly uid: string;
  readonly name: string;
}

const Context = createContext<DataSource | undefined>(undefined);

export const DataSourceProvider = Context.Provider;

/** The data source of the page; pages are only drawn when there is one. */
export const useDataSource = (): DataSource => {
  const source = useContext(Context);
  if (source === undefined) throw new Error('useDataSource() outside of the pages of the app');
  return source;
};
