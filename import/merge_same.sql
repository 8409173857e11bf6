-- Remembers the loser's keys, and both facilities as they were. $1 batch
WITH moved AS (
    UPDATE facility_same s SET facility_key = m.winner_key
    FROM stage_merge m WHERE s.facility_key = m.loser_key)
INSERT INTO facility_same (own_key, facility_key, rule, confidence, batch_id, apart)
SELECT m.loser_key, m.winner_key, m.rule, m.confidence, $1::bigint, jsonb_build_object(
    'loser', to_jsonb(l) - 'geom_3826' || jsonb_build_object('geom', l.geom::text),
    'winner', to_jsonb(w) - 'geom_3826' || jsonb_build_object('geom', w.geom::text),
    'loser_numbers', (SELECT coalesce(jsonb_agg(n.scheme || ':' || n.number), '[]') FROM facility_number n WHERE n.facility_id = l.id),
    'winner_numbers', (SELECT coalesce(jsonb_agg(n.scheme || ':' || n.number), '[]') FROM facility_number n WHERE n.facility_id = w.id),
    'loser_names', (SELECT coalesce(jsonb_object_agg(a.name, a.source_id), '{}') FROM facility_alias a WHERE a.facility_id = l.id),
    'winner_names', (SELECT coalesce(jsonb_object_agg(a.name, a.source_id), '{}') FROM facility_alias a WHERE a.facility_id = w.id),
    'keys', (SELECT coalesce(jsonb_agg(s.own_key), '[]') FROM facility_same s WHERE s.facility_key = m.loser_key))
FROM stage_merge m JOIN facility w ON w.id = m.winner_id JOIN facility l ON l.id = m.loser_id
ON CONFLICT (own_key) DO UPDATE SET facility_key = excluded.facility_key, rule = excluded.rule,
    confidence = excluded.confidence, batch_id = excluded.batch_id, apart = excluded.apart
