-- Names of the file that mean several substances.
SELECT count(*) FROM stage_link WHERE parts > 1
