import { type EventBus, EventBusSrv, locationUtil, setTimeZoneResolver } from '@grafana/data';
import {
  config,
  locationService,
  setAppEvents,
  setBackendSrv,
  setChromeHeaderHeightHook,
  setCurrentUser,
  setDataSourceSrv,
  setEchoSrv,
  setLocationSrv,
  setPluginImportUtils,
  setReturnToPreviousHook,
  setRunRequest,
  setTemplateSrv,
} from '@grafana/runtime';
import {
  initDataSourceInstanceSettings,
  setDataSourcePicker,
  setFolderPicker,
  setPanelDataErrorView,
  setPluginPage,
} from 'host:internals';
import { createBackendSrv } from './backendSrv';
import { createDataSourceSrv } from './dataSourceSrv';
import { setExtensionHooks } from './extensions';
import { PanelDataError } from './PanelDataError';
import { panelImport } from './panelImport';
import { DataSourcePicker, FolderPicker } from './pickers';
import { PluginPage } from './PluginPage';
import { fillRegistries } from './registries';
import { runRequest } from './runRequest';
import { templateSrv } from './templateSrv';

const nothing = (): void => undefined;

/** Puts in place what Grafana's own bundle puts in place before it loads a plugin; returns the bus of app events. */
export function startServices(): EventBus {
  const events = new EventBusSrv();
  const { user } = config.bootData;
  setBackendSrv(createBackendSrv(events));
  setEchoSrv({
    addEvent: nothing,
    flush: nothing,
    addBackend: nothing,
    onInteraction: nothing,
  } as never);
  setLocationSrv(locationService);
  setTemplateSrv(templateSrv);
  setDataSourceSrv(createDataSourceSrv());
  initDataSourceInstanceSettings(config.datasources, config.defaultDatasource);
  setAppEvents(events);
  setCurrentUser(user);
  setTimeZoneResolver(() => user.timezone);
  setRunRequest(runRequest);
  setPluginImportUtils(panelImport);
  locationUtil.initialize({
    config: config as never,
    getTimeRangeForUrl: () => ({ from: 'now-6h', to: 'now' }),
    getVariablesUrlParams: () => ({}),
  });
  fillRegistries();
  setExtensionHooks();
  setReturnToPreviousHook(() => nothing);
  setChromeHeaderHeightHook(() => 0);
  setPluginPage(PluginPage);
  setPanelDataErrorView(PanelDataError);
  setDataSourcePicker(DataSourcePicker);
  setFolderPicker(FolderPicker);
  return events;
}
