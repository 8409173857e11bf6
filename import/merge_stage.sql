-- Facilities that are to become one: the loser's all goes to the winner.
DROP TABLE IF EXISTS pg_temp.stage_merge;
CREATE TEMP TABLE stage_merge (
    winner_id  bigint NOT NULL,
    loser_id   bigint NOT NULL,
    rule       text NOT NULL,
    confidence real NOT NULL,
    winner_key text COLLATE "C",
    loser_key  text COLLATE "C"
)
