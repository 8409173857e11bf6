-- One saved radar run without its bytes: $1 id, or $2 normal form of its name (null = not asked for)
SELECT id, extract(epoch FROM created_at)::float8, pg_column_size(data), name, note, atlas, atlas_tag,
       extract(epoch FROM atlas_time)::float8, parameters, facilities, scored, substances
FROM radar_run WHERE id = $1::bigint OR name_key = $2
