-- A number for the batch, before its row is written: the rows that it brings refer to it.
SELECT nextval(pg_get_serial_sequence('import_batch', 'id'))
