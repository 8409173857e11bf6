-- Names of reports that link to nothing, in normal form. $1 how many at most
SELECT key, 0::bigint FROM (
    SELECT coalesce(zh_key, en_key) AS key, id FROM stage_link WHERE rule IS NULL AND note IS DISTINCT FROM 'cas_not_known'
    UNION ALL
    SELECT key, link_id FROM stage_link_part WHERE part IS NOT NULL AND substance_id IS NULL) AS names
WHERE key <> '' GROUP BY key ORDER BY min(id) LIMIT $1::int
