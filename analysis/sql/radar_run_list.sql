-- Saved radar runs, latest first, and how many there are in all: $1 id below which the page begins (0 = the latest), $2 limit
SELECT id, extract(epoch FROM created_at)::float8, pg_column_size(data), name, note, atlas, atlas_tag,
       extract(epoch FROM atlas_time)::float8, parameters, facilities, scored, substances,
       (SELECT count(*) FROM radar_run)
FROM radar_run
WHERE $1::bigint = 0 OR id < $1::bigint
ORDER BY id DESC
LIMIT $2::bigint
