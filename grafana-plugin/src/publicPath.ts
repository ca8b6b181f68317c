import amdModule from 'amd-module';

const APP = 'plumbline-modelhealth-app';

/**
 * Where the lazy chunks are: in the folder of the app, next to this file or, for a nested panel, two folders up. Grafana may
 * also serve a nested panel under an id of its own, `…/plugins/<panel id>/module.js`; the app's folder is then its neighbour.
 */
const chunkFolder = (uri: string): string => {
  const folder = uri.slice(0, uri.lastIndexOf('/') + 1);
  if (folder.includes(`/${APP}/`))
    return folder.slice(0, folder.lastIndexOf(`/${APP}/`) + APP.length + 2);
  return folder.replace(/[^/]+\/$/, `${APP}/`);
};

__webpack_public_path__ = chunkFolder(amdModule.uri);
