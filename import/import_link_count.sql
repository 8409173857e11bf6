-- Stored holdings whose link comes out otherwise.
SELECT count(*) FROM holding h JOIN stage_link l
  ON (coalesce(h.reported_cas, ''), coalesce(h.reported_code, ''), coalesce(h.reported_name, ''), coalesce(h.reported_name_en, ''))
   = (coalesce(l.reported_cas, ''), coalesce(l.reported_code, ''), coalesce(l.reported_name, ''), coalesce(l.reported_name_en, ''))
WHERE (h.substance_id, h.substance_link) IS DISTINCT FROM (l.substance_id, l.rule)
