-- What is wrong with rows of the file being imported; kept = the row stays, without that field.
DROP TABLE IF EXISTS pg_temp.stage_note;
CREATE TEMP TABLE stage_note (
    line        bigint NOT NULL,
    column_name text,
    value       text,
    code        text NOT NULL,
    reason      text NOT NULL,
    row_values  text NOT NULL,
    kept        boolean NOT NULL
);
