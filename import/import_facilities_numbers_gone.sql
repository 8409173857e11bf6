-- Numbers that this source gave before and corrects now, unless another source gives them too. $1 source
DELETE FROM facility_number n
USING stage_plan p, stage_facility s, facility_record r
WHERE p.what = 'changed' AND s.line = p.line AND r.id = p.record_id AND n.facility_id = p.facility_id
  AND n.number = r.fields ->> n.scheme
  AND n.number IS DISTINCT FROM CASE n.scheme WHEN 'ems_no' THEN s.ems_no WHEN 'factory_no' THEN s.factory_no
                                              ELSE s.business_no END
  AND NOT EXISTS (SELECT 1 FROM facility_record o WHERE o.facility_id = p.facility_id
                  AND o.source_id <> $1::int AND o.ended_batch_id IS NULL AND o.fields ->> n.scheme = n.number)
