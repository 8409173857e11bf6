-- 0016_note_kept: tells rows that came in with a note from rows that were kept aside.
ALTER TABLE rejected_row ADD COLUMN kept boolean;
COMMENT ON COLUMN rejected_row.kept IS 'Whether the row came in all the same, e.g. without the field that could not be read; the same for all notes of a row. Null in batches imported before this was recorded.';
COMMENT ON TABLE rejected_row IS 'What was wrong with a row, where and why, whether the row was kept aside or came in all the same (kept); nothing is dropped in silence. A row with two reasons stands twice, its first reason first.';
