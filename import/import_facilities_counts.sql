-- How many rows are new (to the source), changed, unchanged, joined to a facility known from elsewhere,
-- new facilities.
SELECT count(*) FILTER (WHERE what IN ('new', 'joined')), count(*) FILTER (WHERE what = 'changed'),
       count(*) FILTER (WHERE what = 'same'), count(*) FILTER (WHERE what = 'joined'),
       count(*) FILTER (WHERE what = 'new')
FROM stage_plan
