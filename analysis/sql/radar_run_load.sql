-- One saved radar run with its bytes: $1 id
SELECT id, extract(epoch FROM created_at)::float8, pg_column_size(data), name, note, atlas, atlas_tag,
       extract(epoch FROM atlas_time)::float8, parameters, facilities, scored, substances, data
FROM radar_run WHERE id = $1::bigint
