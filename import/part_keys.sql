-- The keys that belong to it again: its own, and those it had when it was made part of another. $1 key
DROP TABLE IF EXISTS pg_temp.stage_part;
CREATE TEMP TABLE stage_part (own_key text COLLATE "C" PRIMARY KEY);
