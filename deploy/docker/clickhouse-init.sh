#!/bin/sh
# Runs once, when the volume of ClickHouse is new: a user for Grafana that may read and no more. `readonly = 1` would also
# forbid the time limit that the data source sets with each query. A hash needs no quoting.
set -eu
hash=$(printf %s "$GRAFANA_CLICKHOUSE_PASSWORD" | sha256sum | cut -d ' ' -f 1)
clickhouse-client --user "$CLICKHOUSE_USER" --password "$CLICKHOUSE_PASSWORD" --multiquery <<SQL
CREATE USER IF NOT EXISTS grafana_reader IDENTIFIED WITH sha256_hash BY '$hash'
  SETTINGS readonly = 2, max_execution_time = 60;
GRANT SELECT ON \`$CLICKHOUSE_DB\`.* TO grafana_reader;
GRANT SELECT ON system.* TO grafana_reader;
SQL
