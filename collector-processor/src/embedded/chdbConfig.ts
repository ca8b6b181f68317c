import type { EmbeddedSettings } from './settings';

/**
 * Server settings for a small machine, as the XML that chDB reads at start.
 *
 * Memory: what is not bounded by the total is caches, whose defaults are made for large servers (5 GB for marks).
 * Merges: with many small parts ClickHouse merges about five at a time, so each row is rewritten about twelve times;
 * twenty at a time cost a fifth less CPU in total at 1,000 rows an insert and a quarter less at 65,536 (measured).
 * What that leaves unmerged in a partition is merged once nothing has been written to it for half an hour.
 * Disk: without a flush for each insert a crash of the process loses nothing, a loss of power may. Flushing doubles
 * the time of small inserts (measured: 125 to 264 ms at 1,000 rows), so it has to be asked for.
 */
export function chdbConfig(settings: EmbeddedSettings): string {
  const sync = settings.syncInserts ? 1 : 0;
  return `<clickhouse>
  <display_name>plumbline</display_name>
  <max_server_memory_usage>${settings.limits.memoryBytes}</max_server_memory_usage>
  <mark_cache_size>67108864</mark_cache_size>
  <index_mark_cache_size>16777216</index_mark_cache_size>
  <primary_index_cache_size>67108864</primary_index_cache_size>
  <uncompressed_cache_size>0</uncompressed_cache_size>
  <merge_tree>
    <min_parts_to_merge_at_once>20</min_parts_to_merge_at_once>
    <min_age_to_force_merge_seconds>1800</min_age_to_force_merge_seconds>
    <min_age_to_force_merge_on_partition_only>1</min_age_to_force_merge_on_partition_only>
    <enable_max_bytes_limit_for_min_age_to_force_merge>1</enable_max_bytes_limit_for_min_age_to_force_merge>
    <fsync_after_insert>${sync}</fsync_after_insert>
    <fsync_part_directory>${sync}</fsync_part_directory>
  </merge_tree>
</clickhouse>
`;
}
