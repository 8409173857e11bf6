-- Townships by code, for the atlas: code, name, English name, code of the county.
SELECT code, name, name_en, county_code FROM area WHERE kind = 'township' ORDER BY code COLLATE "C"
