-- Rejected rows of a batch by id, one result row a value. $1 batch, $2 id to begin after, $3 rejected rows
SELECT r.id, v.value, r.line::text, r.column_name, r.value, r.reason
FROM (SELECT * FROM rejected_row WHERE batch_id = $1::bigint AND id > $2::bigint ORDER BY id LIMIT $3::int) r
LEFT JOIN LATERAL jsonb_array_elements_text(r.row_values) WITH ORDINALITY AS v(value, place) ON true
ORDER BY r.id, v.place
