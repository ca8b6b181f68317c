import { APP_ID } from '@plumbline/schemas/rules';
import { DASHBOARD_FOLDER, DATA_SOURCE_UID, ORGANISATION } from './names';
import { yamlFile } from './yamlFile';

/** The dashboards, from a folder that is mounted beside this one. */
const dashboards = (): string =>
  yamlFile('The dashboards of the folder dashboards/, mounted at /etc/plumbline/dashboards.', {
    apiVersion: 1,
    providers: [
      {
        name: 'plumbline',
        orgId: ORGANISATION,
        type: 'file',
        folder: DASHBOARD_FOLDER,
        folderUid: 'plumbline',
        disableDeletion: false,
        allowUiUpdates: false,
        updateIntervalSeconds: 30,
        options: { path: '/etc/plumbline/dashboards' },
      },
    ],
  });

/** `$VAR`, never `\${VAR}`: that is expanded twice and eats what follows a `$` of the value. */
const app = (): string =>
  yamlFile(
    'The app. Every viewer may read jsonData, so that the token is not in there.\nThe token is the processor\'s api.grafana.token; "$__file{/run/secrets/name}" reads one from a file.',
    {
      apiVersion: 1,
      apps: [
        {
          type: APP_ID,
          org_id: ORGANISATION,
          disabled: false,
          jsonData: { apiUrl: '$PLUMBLINE_API_URL', datasourceUid: DATA_SOURCE_UID },
          secureJsonData: { apiToken: '$PLUMBLINE_API_TOKEN' },
        },
      ],
    },
  );

export const appAndDashboardFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ['dashboards/plumbline.yaml', dashboards()],
    ['plugins/plumbline.yaml', app()],
  ]);
