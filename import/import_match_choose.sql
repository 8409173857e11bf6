-- Of a row's certain pairs the surest; two equally sure, or two rows sure of one facility, are doubtful.
WITH best AS (
    SELECT p.ctid AS at, p.certain AND p.confidence = max(p.confidence) OVER by_line AS top,
           count(*) OVER (PARTITION BY p.line, p.confidence) AS equal_line,
           p.confidence = max(p.confidence) OVER by_facility AS top_facility,
           count(*) OVER (PARTITION BY p.facility_id, p.confidence) AS equal_facility
    FROM stage_pair p WHERE p.certain
    WINDOW by_line AS (PARTITION BY p.line), by_facility AS (PARTITION BY p.facility_id))
UPDATE stage_pair p SET certain = false,
    rule = CASE WHEN p.rule = 'confirmed' THEN p.rule ELSE 'ambiguous' END, confidence = least(p.confidence, 0.8)
FROM best b
WHERE b.at = p.ctid AND NOT (b.top AND b.equal_line = 1 AND b.top_facility AND b.equal_facility = 1)
