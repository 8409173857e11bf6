-- Incidents that a publication counts for a period, for the atlas, by substance: substance id, first and last day
-- (since 1970-01-01; null = not understood), number.
SELECT substance_id, first - date '1970-01-01', last - date '1970-01-01', value
FROM (SELECT substance_id, value, period ~ '^\d{4}(-\d\d)?(/\d{4}(-\d\d)?)?$' AS understood, period
      FROM substance_factor WHERE factor = 'incidents') p
CROSS JOIN LATERAL (
    SELECT CASE WHEN understood THEN to_date(rpad(split_part(period, '/', 1), 7, '-01'), 'YYYY-MM') END AS first,
           CASE WHEN understood THEN (to_date(rpad(regexp_replace(period, '^.*/', ''), 7, '-12'), 'YYYY-MM')
                                      + interval '1 month')::date - 1 END AS last) days
ORDER BY substance_id, first
