-- Holds one doubtful match for the transaction. $1 id
SELECT id FROM review WHERE id = $1::bigint FOR UPDATE
