-- A number that differs after every change of what is stored.
SELECT number FROM atlas_revision
