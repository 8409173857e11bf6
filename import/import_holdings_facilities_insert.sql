-- They are made from number and name, without a position. $1 source, $2 batch
INSERT INTO facility (id, facility_key, name, position_check, search_key, source_id, batch_id)
OVERRIDING SYSTEM VALUE
SELECT k.facility_id, k.facility_key, s.facility_name, 'missing', s.facility_search, $1::int, $2::bigint
FROM stage_known k JOIN stage_holding s ON s.line = k.line WHERE k.fresh ORDER BY k.line
