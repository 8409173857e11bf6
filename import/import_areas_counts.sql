-- Rows new, changed, same, repeated; borders that were repaired.
SELECT count(*) FILTER (WHERE what = 'new'), count(*) FILTER (WHERE what = 'changed'),
       count(*) FILTER (WHERE what = 'same'), count(*) FILTER (WHERE what = 'repeated'),
       count(*) FILTER (WHERE repaired)
FROM stage_area
