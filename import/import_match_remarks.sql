-- What matching found: rows linked by each rule; what was left out. $1 the most facilities one key may
-- have, $2 doubtful pairs kept a row
SELECT 'linked to a known facility: ' || rule, count(*) FROM stage_same WHERE rule NOT LIKE '%\_no\_other\_name' GROUP BY rule
UNION ALL
SELECT 'linked by number although the names differ', count(*) FROM stage_same WHERE rule LIKE '%\_no\_other\_name'
UNION ALL
SELECT 'names borne by more than ' || $1::int || ' facilities, not compared', count(DISTINCT s.name_key)
FROM stage_match_name s
WHERE s.name_key IN (SELECT name_key FROM facility_match WHERE name_key <> '' GROUP BY name_key HAVING count(*) > $1)
UNION ALL
SELECT 'doubtful pairs beyond ' || $2::int || ' of a row, left out', sum(n - $2)::bigint
FROM (SELECT count(*) AS n FROM stage_pair p WHERE p.rule IS NOT NULL AND NOT p.certain
      AND NOT EXISTS (SELECT 1 FROM stage_pair c WHERE c.line = p.line AND c.certain) GROUP BY p.line) k WHERE n > $2
