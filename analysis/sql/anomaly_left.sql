-- What is in no series: rows without a whole period, rows of mixtures.
SELECT count(*) FILTER (WHERE period_start IS NULL OR period_end IS NULL), count(*) FILTER (WHERE parts > 1) FROM holding
