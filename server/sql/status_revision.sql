-- status_revision: the number of the present atlas.
SELECT number FROM hazatlas.atlas_revision
