-- sample_loaded: whether a batch of kind $1 from source $2 was ever published.
SELECT EXISTS (SELECT FROM hazatlas.import_batch b JOIN hazatlas.source s ON s.id = b.source_id
               WHERE b.kind = $1 AND s.name = $2)
