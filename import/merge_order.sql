-- The facility with the better key (管制編號, 工廠登記編號, name), else with more numbers, else the older
-- one stays.
WITH rank AS (
    SELECT m.loser_id, w.facility_key AS first, l.facility_key AS second, m.winner_id,
           ROW(w.facility_key LIKE 'ems:%', w.facility_key LIKE 'factory:%',
               (SELECT count(*) FROM facility_number n WHERE n.facility_id = w.id), -w.id)
           >= ROW(l.facility_key LIKE 'ems:%', l.facility_key LIKE 'factory:%',
                  (SELECT count(*) FROM facility_number n WHERE n.facility_id = l.id), -l.id) AS right_way
    FROM stage_merge m JOIN facility w ON w.id = m.winner_id JOIN facility l ON l.id = m.loser_id)
UPDATE stage_merge m SET
    winner_id = CASE WHEN r.right_way THEN m.winner_id ELSE m.loser_id END,
    loser_id = CASE WHEN r.right_way THEN m.loser_id ELSE m.winner_id END,
    winner_key = CASE WHEN r.right_way THEN r.first ELSE r.second END,
    loser_key = CASE WHEN r.right_way THEN r.second ELSE r.first END
FROM rank r WHERE r.loser_id = m.loser_id AND r.winner_id = m.winner_id
