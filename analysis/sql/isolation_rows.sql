-- Rows of ERG Tables 1 and 3 for some UN numbers, containers together.
-- $1 array of UN numbers, e.g. {1017,1005}
SELECT edition, table_no, un, condition, container, spill, time_of_day, wind, isolation_m,
       downwind_m, at_least, note
FROM response_distance
WHERE un = ANY ($1::text[])
ORDER BY un, table_no, container, id
