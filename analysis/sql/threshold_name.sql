-- The one substance that bears a name. $1 normal form of the name
SELECT min(substance_id) FROM substance_name WHERE name_key = $1 HAVING count(DISTINCT substance_id) = 1
