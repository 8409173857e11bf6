-- import_job_maps: FIELD=COLUMN of a job, in order. $1 id
SELECT m.map FROM import_job j, jsonb_array_elements_text(j.options -> 'map') WITH ORDINALITY AS m(map, place)
WHERE j.id = $1::bigint ORDER BY m.place
