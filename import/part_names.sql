-- Names it had. $1 its own number, $2 its key
INSERT INTO facility_alias (facility_id, name, source_id)
SELECT $1::bigint, a.name, a.source_id::int
FROM facility_same s CROSS JOIN LATERAL jsonb_each_text(s.apart -> 'loser_names') a(name, source_id)
WHERE s.own_key = $2::text AND EXISTS (SELECT 1 FROM source o WHERE o.id = a.source_id::int)
ON CONFLICT DO NOTHING
