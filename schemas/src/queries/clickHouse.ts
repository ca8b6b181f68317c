/**
 * How the store itself is. The only queries that read system tables: those that every server and the embedded engine have,
 * and a user who may not read them loses this one dashboard only.
 */

/** Disks with what is free on them, in bytes. */
export const disks = (): string =>
  `SELECT name, path, toFloat64(total_space) AS total, toFloat64(unreserved_space) AS free,
  toFloat64(unreserved_space) / nullIf(toFloat64(total_space), 0) AS free_share
FROM system.disks
ORDER BY name`;

/** Tables of this database, the largest first. */
export const tables = (): string =>
  `SELECT table, toFloat64(sum(rows)) AS rows, toFloat64(sum(bytes_on_disk)) AS bytes, toFloat64(count()) AS parts,
  toFloat64(uniqExact(partition)) AS partitions, toFloat64(max(per_partition)) AS most_parts,
  sum(data_uncompressed_bytes) / nullIf(sum(data_compressed_bytes), 0) AS compression, min(min_time) AS oldest
FROM (
  SELECT table, partition, rows, bytes_on_disk, data_uncompressed_bytes, data_compressed_bytes,
    nullIf(if(min_date = '1970-01-01', toDate(min_time), min_date), '1970-01-01') AS min_time,
    count() OVER (PARTITION BY table, partition) AS per_partition
  FROM system.parts
  WHERE active AND database = currentDatabase()
)
GROUP BY table
ORDER BY bytes DESC`;

/** One row: what the store holds and does at this moment. */
export const storeTotals = (): string =>
  `SELECT
  (SELECT toFloat64(sum(bytes_on_disk)) FROM system.parts WHERE active AND database = currentDatabase()) AS bytes,
  (SELECT toFloat64(count()) FROM system.parts WHERE active AND database = currentDatabase()) AS parts,
  (SELECT toFloat64(count()) FROM system.merges) AS merges,
  (SELECT toFloat64(count()) FROM system.mutations WHERE NOT is_done) AS mutations,
  (SELECT toFloat64(count()) FROM system.processes) AS queries`;

/** Rows of the parts that are active, by when they were written: inserts and merges. */
export const partsWritten = (): string =>
  `SELECT $__timeInterval(modification_time) AS at, table, toFloat64(sum(rows)) AS value
FROM system.parts
WHERE active AND database = currentDatabase() AND $__timeFilter(modification_time)
GROUP BY at, table
ORDER BY at, table`;

/** Merges under way. */
export const merges = (): string =>
  `SELECT table, progress, elapsed AS seconds, toFloat64(num_parts) AS parts, toFloat64(rows_read) AS rows,
  toFloat64(memory_usage) AS memory
FROM system.merges
ORDER BY elapsed DESC`;

/** Errors since the server started, the newest first. */
export const storeErrors = (): string =>
  `SELECT name, toFloat64(value) AS times, last_error_time, last_error_message
FROM system.errors
WHERE value > 0
ORDER BY last_error_time DESC
LIMIT 100`;

/** Numbers of the server that tell of trouble before it is felt. */
export const storeMetrics = (): string =>
  `SELECT metric, value FROM system.asynchronous_metrics
WHERE metric IN ('Uptime', 'MemoryResident', 'MaxPartCountForPartition', 'ReplicasMaxAbsoluteDelay', 'LoadAverage1', 'OSMemoryAvailable')
UNION ALL
SELECT metric, toFloat64(value) AS value FROM system.metrics
WHERE metric IN ('MemoryTracking', 'Query', 'Merge', 'PartMutation', 'DelayedInserts', 'ReadonlyReplica', 'HTTPConnection')
ORDER BY metric`;
