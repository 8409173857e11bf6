-- Hashes of what this source said until now of facilities of which the file says something else.
COPY (SELECT r.row_hash FROM stage_plan p JOIN facility_record r ON r.id = p.record_id WHERE p.what = 'changed')
TO STDOUT (FORMAT binary)
