-- Rows new, changed, same.
SELECT count(*) FILTER (WHERE what = 'new'), count(*) FILTER (WHERE what = 'changed'),
       count(*) FILTER (WHERE what = 'same')
FROM stage_plan
