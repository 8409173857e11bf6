-- What the figures of quality depend on: atlas number, latest batch, batches undone.
SELECT (SELECT number FROM atlas_revision), coalesce(max(id), 0), count(undone_at) FROM import_batch
