-- import_job_maps: FIELD=COLUMN (map) and FIELD=VALUE (set, true) of a job, in order. $1 id
SELECT m.map, k.key = 'set'
FROM import_job j CROSS JOIN (VALUES ('map'), ('set')) k(key),
     jsonb_array_elements_text(coalesce(j.options -> k.key, '[]')) WITH ORDINALITY AS m(map, place)
WHERE j.id = $1::bigint ORDER BY k.key, m.place
