-- Borders that cross or touch themselves are repaired.
UPDATE stage_area SET wkb = ST_MakeValid(wkb), repaired = true WHERE NOT ST_IsValid(wkb)
