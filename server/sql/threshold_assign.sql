-- A person's word on a substance takes the place of the one before. $1 rule set, $2 CAS, $3 reported name, $4 its normal
-- form, $5 category, $6 item number, $7 item, $8 water soluble, $9 who, $10 why. Answers our number.
INSERT INTO threshold_assignment AS a
    (rule_set, cas, reported_name, reported_key, category, item_no, item, water_soluble, decided_by, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::boolean, $9, $10)
ON CONFLICT (rule_set, cas, reported_key, shipped) DO UPDATE SET
    reported_name = excluded.reported_name, category = excluded.category, item_no = excluded.item_no, item = excluded.item,
    water_soluble = excluded.water_soluble, decided_by = excluded.decided_by, reason = excluded.reason, decided_at = now()
RETURNING a.id
