-- Rows new, changed, same, repeated.
SELECT count(*) FILTER (WHERE what = 'new'), count(*) FILTER (WHERE what = 'changed'),
       count(*) FILTER (WHERE what = 'same'), count(*) FILTER (WHERE what = 'repeated')
FROM stage_area
