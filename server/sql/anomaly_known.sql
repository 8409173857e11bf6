-- Whether a facility, a substance and a source are known. $1 facility id, $2 CAS, $3 source name (null = not asked for)
SELECT EXISTS (SELECT FROM facility WHERE id = $1), $2::text IS NULL OR EXISTS (SELECT FROM substance WHERE cas = $2),
       $3::text IS NULL OR EXISTS (SELECT FROM source WHERE name = $3)
