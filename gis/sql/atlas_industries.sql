-- Industries of facilities in order of their bytes, for the atlas (the 65,534 with the most facilities, should there
-- be more): name as reported, ratio R (fraction) and factor v of the industry intensity UC = R PR v.
SELECT industry, NULL::double precision, 1::double precision
FROM (SELECT industry, count(*) AS n FROM facility WHERE industry IS NOT NULL
      GROUP BY industry ORDER BY n DESC, industry COLLATE "C" LIMIT 65534) most
ORDER BY industry COLLATE "C"
