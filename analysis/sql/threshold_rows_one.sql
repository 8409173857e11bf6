-- What one facility reports to be on site: as threshold_rows, then behaviour, our number of the holding, import,
-- line, registration that the row names, place on the site, rows about it that were kept aside. $1 facility id
SELECT h.facility_id, h.substance_id,
       CASE WHEN h.substance_id IS NULL THEN h.reported_key END,
       CASE WHEN h.substance_id IS NULL THEN coalesce(h.part_name, h.reported_name, h.reported_name_en, h.reported_cas,
                                                      h.reported_code) END,
       h.source_id, h.period_start - DATE '1970-01-01', h.period_end - DATE '1970-01-01', h.reported_quantity,
       h.reported_unit, h.parts > 1, h.behaviour, h.id, h.batch_id, h.line, h.own_key, h.place, h.rows_aside
FROM holding h JOIN on_site o USING (source_id, behaviour)
WHERE h.facility_id = $1
ORDER BY h.period_end NULLS FIRST, h.id
