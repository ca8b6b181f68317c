import { getDataSourceSrv, type DataSourcePickerProps } from '@grafana/runtime';
import { getBackendSrv } from '@grafana/runtime';
import { useEffect, useState } from 'react';

interface Folder {
  readonly uid: string;
  readonly title: string;
}

interface FolderPickerProps {
  readonly value?: string;
  readonly onChange?: (uid: string | undefined, title: string | undefined) => void;
}

/** In place of Grafana's data source picker, which is not published. */
export function DataSourcePicker({ type, current, onChange, inputId }: DataSourcePickerProps) {
  const sources = getDataSourceSrv().getList(type === undefined ? {} : { type });
  const chosen = typeof current === 'string' ? current : current?.uid;
  return (
    <select
      id={inputId}
      aria-label="Data source"
      value={chosen ?? ''}
      onChange={({ target }) => {
        const found = sources.find(({ uid }) => uid === target.value);
        if (found !== undefined) onChange(found);
      }}
    >
      {sources.map(({ uid, name }) => (
        <option key={uid} value={uid}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** In place of Grafana's folder picker. */
export function FolderPicker({ value, onChange }: FolderPickerProps) {
  const [folders, setFolders] = useState<readonly Folder[]>([]);
  useEffect(() => {
    void getBackendSrv().get<Folder[]>('/api/folders').then(setFolders);
  }, []);
  return (
    <select
      aria-label="Folder"
      value={value ?? ''}
      onChange={({ target }) => {
        onChange?.(target.value, folders.find(({ uid }) => uid === target.value)?.title);
      }}
    >
      <option value="">–</option>
      {folders.map(({ uid, title }) => (
        <option key={uid} value={uid}>
          {title}
        </option>
      ))}
    </select>
  );
}
