-- What this source says now. $1 source, $2 batch
INSERT INTO facility_record (facility_id, source_id, batch_id, line, row_hash, fields)
SELECT p.facility_id, $1::int, $2::bigint, p.line, p.row_hash, s.fields::jsonb
FROM stage_plan p JOIN stage_facility s ON s.line = p.line WHERE p.what <> 'same'
