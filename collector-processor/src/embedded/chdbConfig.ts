import type { EmbeddedSettings } from './settings';

/**
 * Server settings for a small machine, as the XML that chDB reads at start. Measured with two cores: the memory of the
 * engine is mark and index caches plus what inserts and merges work on, so those are what is bounded.
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
    <fsync_after_insert>${sync}</fsync_after_insert>
    <fsync_part_directory>${sync}</fsync_part_directory>
  </merge_tree>
</clickhouse>
`;
}
