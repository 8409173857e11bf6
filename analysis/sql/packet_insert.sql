-- Stores a packet. $1 id, $2 atlas number, $3 facility id or null, $4 longitude, $5 latitude, $6 body
INSERT INTO packet (id, atlas_number, facility_id, geom, body)
VALUES ($1, $2, $3, ST_SetSRID(ST_MakePoint($4, $5), 4326), $6::jsonb)
ON CONFLICT (id) DO NOTHING
