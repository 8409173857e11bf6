-- Whether any row has a factory number, by which a facility may be known under another key: 1 or 0.
SELECT EXISTS (SELECT 1 FROM stage_facility WHERE factory_no IS NOT NULL)
