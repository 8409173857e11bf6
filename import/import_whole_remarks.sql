-- Rows of this source that stand beside another edition and are not used. $1 kind, $2 source
SELECT left('rows kept and not used: ' || u.edition || ' is in use', 63), sum(e.rows)::bigint
FROM response_edition e JOIN response_edition u ON u.table_no = e.table_no AND u.in_use
WHERE NOT e.in_use AND e.source_id = $2::int
  AND $1 = CASE e.table_no WHEN 'guides' THEN 'response_guides' ELSE 'response_table' || e.table_no END
GROUP BY u.edition
