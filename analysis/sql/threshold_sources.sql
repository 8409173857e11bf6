-- Sources by id: id, name, title.
SELECT id, name, title FROM source ORDER BY id
