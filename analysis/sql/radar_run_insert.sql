-- Saves a radar run, unless so many ($12) are saved already (then no row comes back): its id and time (Unix, s).
-- $1 name, $2 its normal form, $3 note, $4 atlas number, $5 atlas tag, $6 time of the atlas (Unix, s), $7 parameters,
-- $8 facilities, $9 scored, $10 substances, $11 its bytes as \x and hexadecimal digits, $12 how many may be saved
INSERT INTO radar_run (name, name_key, note, atlas, atlas_tag, atlas_time, parameters, facilities, scored, substances, data)
SELECT $1, $2, $3, $4::bigint, $5, to_timestamp($6::float8), $7, $8::bigint, $9::bigint, $10::bigint, $11::bytea
WHERE (SELECT count(*) FROM radar_run) < $12::bigint
RETURNING id, extract(epoch FROM created_at)::float8, octet_length(data), name, note, atlas, atlas_tag,
          extract(epoch FROM atlas_time)::float8, parameters, facilities, scored, substances
