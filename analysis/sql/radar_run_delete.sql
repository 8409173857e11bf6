-- Deletes a saved radar run and says what is gone: $1 id
DELETE FROM radar_run WHERE id = $1::bigint
RETURNING id, extract(epoch FROM created_at)::float8, pg_column_size(data), name, note, atlas, atlas_tag,
          extract(epoch FROM atlas_time)::float8, parameters, facilities, scored, substances
