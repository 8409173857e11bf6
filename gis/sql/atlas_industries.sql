-- Industries of facilities in order of their bytes, for the atlas (the 65,534 with the most facilities, should there
-- be more): name as reported, ratio R (fraction; null = not imported) and factor v of the use intensity UC = R PR v.
-- Of 化學材料製造業(石油化工原料製造業) the whole name is looked for, then what stands in brackets, then what is before.
WITH known AS MATERIALIZED (SELECT industry_key, ratio, factor FROM industry_factor),
most AS (
    SELECT industry, industry_key(industry) AS key
    FROM (SELECT industry, count(*) AS n FROM facility WHERE industry IS NOT NULL
          GROUP BY industry ORDER BY n DESC, industry COLLATE "C" LIMIT 65534) m)
SELECT m.industry,
       CASE WHEN w.factor IS NOT NULL THEN w.ratio WHEN i.factor IS NOT NULL THEN i.ratio ELSE o.ratio END,
       coalesce(w.factor, i.factor, o.factor, 1)
FROM most m
LEFT JOIN known w ON w.industry_key = m.key
LEFT JOIN known i ON i.industry_key = substring(m.key FROM '^[^(]*\((.*)\)$')
LEFT JOIN known o ON o.industry_key = substring(m.key FROM '^([^(]+)\(')
ORDER BY m.industry COLLATE "C"
