-- Forms of names that had none.
INSERT INTO facility_match (facility_id, name, address, name_key, plant, door_key)
SELECT ref, name, address, name_key, plant, door_key FROM stage_match_name
