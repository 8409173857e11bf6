-- What sources said under those keys. $1 the facility it was part of, $2 its own number, $3 its key
UPDATE facility_record r SET facility_id = $2::bigint,
    own_key = CASE WHEN r.own_key <> $3::text THEN r.own_key END,
    link_rule = CASE WHEN r.own_key <> $3 THEN r.link_rule END,
    link_confidence = CASE WHEN r.own_key <> $3 THEN r.link_confidence END
FROM stage_part p WHERE r.facility_id = $1::bigint AND r.own_key = p.own_key
