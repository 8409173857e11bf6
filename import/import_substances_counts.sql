-- Rows new, changed, same, said again.
SELECT count(*) FILTER (WHERE what = 'new'), count(*) FILTER (WHERE what = 'changed'),
       count(*) FILTER (WHERE what = 'same'), (SELECT count(*) FROM stage_substance) - count(*)
FROM stage_plan
