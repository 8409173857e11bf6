-- A person's decision. $1 id, $2 status, $3 who, $4 why, $5 batch
UPDATE review SET status = $2::text, decided_by = $3::text, note = $4::text, batch_id = $5::bigint,
    decided_at = CASE WHEN $2 = 'open' THEN NULL ELSE now() END
WHERE id = $1::bigint
