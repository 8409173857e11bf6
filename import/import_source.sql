-- The number of a source, made where it is new. $1 name
WITH made AS (
    INSERT INTO source (name, title)
    SELECT $1::text, $1::text WHERE NOT EXISTS (SELECT 1 FROM source WHERE name = $1::text)
    RETURNING id)
SELECT id FROM made UNION ALL SELECT id FROM source WHERE name = $1::text
