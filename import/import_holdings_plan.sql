-- Each row with its substance, the row that counts for its holding (the last one), whether it says the same,
-- and what that one does: new, changed, same. Two registrations of one facility (own_key) may each report the same, and so may two places: both count. $1 source
WITH linked AS (
    SELECT s.*, k.facility_id, split_part(s.facility_key, '@', 1) AS identity, l.id AS link_id, l.substance_id,
           coalesce(s.quantity_kg, s.litres * u.density_kg_l) AS kg
    FROM stage_holding s
    JOIN stage_known k ON k.facility_key = s.facility_key
    JOIN stage_link l
      ON (coalesce(s.reported_cas, ''), coalesce(s.reported_code, ''), coalesce(s.reported_name, ''), coalesce(s.reported_name_en, ''))
       = (coalesce(l.reported_cas, ''), coalesce(l.reported_code, ''), coalesce(l.reported_name, ''), coalesce(l.reported_name_en, ''))
    LEFT JOIN substance u ON u.id = l.substance_id AND l.parts = 1),
ranked AS (
    SELECT l.*, ROW(reported_cas, reported_code, reported_name, reported_name_en, reported_quantity, reported_unit)::text AS says,
           last_value(line) OVER w AS kept_line,
           last_value(ROW(reported_cas, reported_code, reported_name, reported_name_en, reported_quantity, reported_unit)::text) OVER w AS kept_says
    FROM linked l
    WINDOW w AS (PARTITION BY facility_id, identity, reported_key, behaviour, period_start, period_end, place ORDER BY line
                 ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))
INSERT INTO stage_plan
SELECT r.line, r.kept_line, r.says = r.kept_says, r.facility_id, r.link_id, r.substance_id, r.kg, h.id,
       CASE WHEN r.line <> r.kept_line THEN NULL WHEN h.id IS NULL THEN 'new'
            WHEN (h.reported_cas, h.reported_code, h.reported_name, h.reported_name_en, h.reported_quantity, h.reported_unit)
                 IS DISTINCT FROM
                 (r.reported_cas, r.reported_code, r.reported_name, r.reported_name_en, r.reported_quantity, r.reported_unit)
            THEN 'changed' ELSE 'same' END
FROM ranked r
LEFT JOIN (holding h JOIN facility g ON g.id = h.facility_id) ON r.line = r.kept_line AND h.facility_id = r.facility_id AND h.source_id = $1::int
    AND h.reported_key = r.reported_key AND h.behaviour = r.behaviour
    AND split_part(coalesce(h.own_key, g.facility_key), '@', 1) = r.identity
    AND h.part = 1 AND h.place IS NOT DISTINCT FROM r.place AND h.period_start IS NOT DISTINCT FROM r.period_start AND h.period_end IS NOT DISTINCT FROM r.period_end
