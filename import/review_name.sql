-- The name that one side of a review has. $1 review, $2 key of the side
SELECT CASE WHEN left_key = $2::text THEN detail #>> '{left,name}' ELSE detail #>> '{right,name}' END
FROM review WHERE id = $1::bigint
