-- Keeps what is wrong with rows; of a row kept aside first what sent it away. $1 batch
INSERT INTO rejected_row (batch_id, line, column_name, value, code, reason, row_values, kept)
SELECT $1::bigint, line, column_name, value, code, reason, row_values::jsonb, bool_and(kept) OVER (PARTITION BY line)
FROM stage_note ORDER BY line, stage_note.kept, ctid
