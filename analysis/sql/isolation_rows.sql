-- Rows of Tables 1 and 3 of the edition in use for some UN numbers, containers together.
-- $1 array of UN numbers, e.g. {1017,1005}
SELECT edition, table_no, un, condition, container, spill, time_of_day, wind, isolation_m,
       downwind_m, at_least, note, citation, imported_from
FROM response_distance_now
WHERE un = ANY ($1::text[])
ORDER BY un, table_no, container, condition, spill, time_of_day, wind, downwind_m, isolation_m
