-- County by the normal form of its name, or of an old one that no county bears today.
COPY (
    SELECT name_key, min(code) FROM (
        SELECT name_key, code FROM area WHERE kind = 'county'
        UNION ALL
        SELECT l.name_key, a.code FROM county_alias l JOIN area a ON a.kind = 'county' AND a.name_key = l.county_key
        WHERE NOT EXISTS (SELECT 1 FROM area n WHERE n.kind = 'county' AND n.name_key = l.name_key)) n
    GROUP BY name_key)
TO STDOUT (FORMAT binary)
