import { DATA_SOURCE_UID, ORGANISATION } from './names';
import { yamlFile } from './yamlFile';

const COMMON = {
  name: 'Plumbline ClickHouse',
  uid: DATA_SOURCE_UID,
  type: 'grafana-clickhouse-datasource',
  orgId: ORGANISATION,
  access: 'proxy',
  editable: false,
};

const JSON_DATA = {
  host: '$PLUMBLINE_CLICKHOUSE_HOST',
  port: '$PLUMBLINE_CLICKHOUSE_PORT',
  username: '$PLUMBLINE_CLICKHOUSE_USER',
  defaultDatabase: '$PLUMBLINE_CLICKHOUSE_DATABASE',
  dialTimeout: '10',
  queryTimeout: '60',
};

/** What the data source shows of logs and traces without a query of one's own. */
const TELEMETRY = {
  logs: {
    defaultDatabase: '$PLUMBLINE_CLICKHOUSE_DATABASE',
    defaultTable: 'otel_logs',
    otelEnabled: true,
    otelVersion: 'latest',
  },
  traces: {
    defaultDatabase: '$PLUMBLINE_CLICKHOUSE_DATABASE',
    defaultTable: 'otel_traces',
    otelEnabled: true,
    durationUnit: 'nanoseconds',
  },
};

const file = (about: string, settings: object, secrets: object): string =>
  yamlFile(about, {
    apiVersion: 1,
    datasources: [
      {
        ...COMMON,
        jsonData: { ...JSON_DATA, ...settings, ...TELEMETRY },
        secureJsonData: { password: '$PLUMBLINE_CLICKHOUSE_PASSWORD', ...secrets },
      },
    ],
  });

const NATIVE = 'The native protocol: port 9000.';
const HTTP = 'HTTP: port 8123; the only way into the embedded engine.';

/**
 * The same data source in the ways it can be reached; Grafana gets exactly one of these files. Certificates come from files,
 * and Grafana does not start when one is missing, so that the variants with TLS are their own files.
 */
export const dataSourceFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ['datasources/native/plumbline.yaml', file(NATIVE, { protocol: 'native', secure: false }, {})],
    ['datasources/http/plumbline.yaml', file(HTTP, { protocol: 'http', secure: false }, {})],
    ...(['native', 'http'] as const).map(
      (protocol) =>
        [
          `datasources/${protocol}-tls/plumbline.yaml`,
          file(
            `TLS (port ${protocol === 'native' ? 9440 : 8443}), trusting the authority in /etc/plumbline/clickhouse-ca.pem.`,
            { protocol, secure: true, tlsSkipVerify: false, tlsAuthWithCACert: true },
            { tlsCACert: '$__file{/etc/plumbline/clickhouse-ca.pem}' },
          ),
        ] as const,
    ),
  ]);
