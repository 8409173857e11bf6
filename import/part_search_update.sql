-- $1 facility, $2 what it is searched by
UPDATE facility SET search_key = $2::text WHERE id = $1::bigint
