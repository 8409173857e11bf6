-- A stored packet. $1 id
SELECT body::text FROM packet WHERE id = $1
