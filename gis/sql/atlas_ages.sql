-- Bands of the radar's age factor, oldest first, for the atlas: from how many years, class 1-10.
SELECT years, class FROM radar_age_band ORDER BY years DESC
