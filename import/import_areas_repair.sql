-- Borders that cross or touch themselves are repaired; what is no area, not finite, or far from any map
-- is marked (transforming it would fail).
WITH judged AS (
    SELECT line, CASE WHEN ST_Dimension(wkb) IS DISTINCT FROM 2 OR ST_IsEmpty(wkb) THEN 'geometry_empty'
                      WHEN NOT coalesce(ST_XMin(wkb) > -3e7 AND ST_YMin(wkb) > -3e7
                                        AND ST_XMax(wkb) < 3e7 AND ST_YMax(wkb) < 3e7, false)
                      THEN 'area_outside_region' END AS fault
    FROM stage_area),
marked AS (
    UPDATE stage_area s SET fault = j.fault FROM judged j
    WHERE j.line = s.line AND j.fault IS NOT NULL RETURNING s.line)
UPDATE stage_area s SET wkb = ST_MakeValid(s.wkb), repaired = true
FROM judged j WHERE j.line = s.line AND j.fault IS NULL AND NOT ST_IsValid(s.wkb)
