-- The first line past what the radar takes of age bands (a header and 16 bands), where there are more.
SELECT 18 FROM radar_age_band HAVING count(*) > 16
