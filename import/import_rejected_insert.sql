-- Keeps what is wrong with rows. $1 batch
INSERT INTO rejected_row (batch_id, line, column_name, value, code, reason, row_values)
SELECT $1::bigint, line, column_name, value, code, reason, row_values::jsonb FROM stage_note ORDER BY line
