-- Of mixtures that the file says otherwise only the first part stays; the others are made anew.
DELETE FROM holding h USING stage_plan p, holding f
WHERE p.what = 'changed' AND f.id = p.holding_id AND f.parts > 1 AND h.part > 1
  AND (h.facility_id, h.source_id, h.reported_key, h.behaviour) = (f.facility_id, f.source_id, f.reported_key, f.behaviour)
  AND h.period_start IS NOT DISTINCT FROM f.period_start AND h.period_end IS NOT DISTINCT FROM f.period_end
  AND h.own_key IS NOT DISTINCT FROM f.own_key AND h.place IS NOT DISTINCT FROM f.place
