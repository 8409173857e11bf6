-- The number of the present atlas and how many holdings it rests on; the name of the database.
SELECT number, (SELECT count(*) FROM holding), database_tag FROM atlas_revision
