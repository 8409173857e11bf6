-- Sources by number, for the atlas: name, title, number.
SELECT name, title, id FROM source ORDER BY id LIMIT 65535
