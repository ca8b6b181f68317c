declare module '*.css';
declare module 'systemjs/dist/system.js';
declare module 'systemjs/dist/extras/amd.js';
declare module 'systemjs/dist/extras/named-register.js';

/** What `@grafana/runtime` keeps to itself; resolved by the build of the host. */
declare module 'host:internals' {
  import type { ComponentType } from 'react';
  type Slot = (component: ComponentType<never>) => void;
  export const setPluginPage: Slot;
  export const setPanelRenderer: Slot;
  export const setPanelDataErrorView: Slot;
  export const setDataSourcePicker: Slot;
  export const setFolderPicker: Slot;
  export function initDataSourceInstanceSettings(all: object, defaultName: string): void;
}
/** The routers that Grafana has: 5, and 6 on top of it. */
declare module 'react-router-dom-v5-compat' {
  export { Link, Route, Routes, useLocation, useNavigate, useParams } from 'react-router-dom';
  import type { ReactNode } from 'react';
  export function CompatRouter(props: { children: ReactNode }): ReactNode;
}
