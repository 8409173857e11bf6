-- Pieces of borders that changed.
DELETE FROM area_part p USING stage_area s WHERE p.area_id = s.area_id AND s.what = 'changed'
