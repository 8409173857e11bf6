-- Names that the same source gave before; names from other sources stay. $1 source
DELETE FROM substance_name n USING stage_plan p, substance o
WHERE p.what = 'changed' AND n.substance_id = p.substance_id AND o.id = p.substance_id AND o.source_id = $1::int
