-- 0008_import_job: imports that were sent over HTTP: the queue, what runs, and what became of each.

CREATE TABLE import_job (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind          text NOT NULL,
    source        text NOT NULL,
    file_name     text NOT NULL,
    file_bytes    bigint NOT NULL,
    options       jsonb NOT NULL,
    spool         text NOT NULL,
    file          text,
    state         text NOT NULL DEFAULT 'waiting'
                  CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    stage         text NOT NULL DEFAULT '',
    rows_read     bigint NOT NULL DEFAULT 0,
    rows_rejected bigint NOT NULL DEFAULT 0,
    bytes_read    bigint NOT NULL DEFAULT 0,
    tries         integer NOT NULL DEFAULT 0,
    cancel_wanted boolean NOT NULL DEFAULT false,
    created_at    timestamptz NOT NULL DEFAULT now(),
    started_at    timestamptz,
    ended_at      timestamptz,
    error         text,
    report        jsonb,
    batch_id      bigint REFERENCES import_batch ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX import_job_open ON import_job (spool, id) WHERE state IN ('waiting', 'running');
CREATE INDEX import_job_file ON import_job (spool) WHERE file IS NOT NULL;
COMMENT ON TABLE import_job IS 'An import sent over HTTP. The file lies in a folder of the server that took it; only a server with that folder can run the job, and holds an advisory lock on its number while it does.';
COMMENT ON COLUMN import_job.id IS 'Our number; in addresses.';
COMMENT ON COLUMN import_job.kind IS 'Family of data, as import_batch.kind.';
COMMENT ON COLUMN import_job.source IS 'Short name of the source.';
COMMENT ON COLUMN import_job.file_name IS 'Name of the file as the sender gave it; tells the format.';
COMMENT ON COLUMN import_job.file_bytes IS 'Size of the file, bytes.';
COMMENT ON COLUMN import_job.options IS 'crs, encoding, sheet (null = found out), map (array of FIELD=COLUMN), dry_run.';
COMMENT ON COLUMN import_job.spool IS 'Tag of the folder that holds the file.';
COMMENT ON COLUMN import_job.file IS 'Random name of the file there; null once it is not kept any more.';
COMMENT ON COLUMN import_job.state IS 'waiting, running, done, failed, cancelled. After a crash a running job is taken up again.';
COMMENT ON COLUMN import_job.stage IS 'What it does or did last: starting, reading, checking, publishing.';
COMMENT ON COLUMN import_job.rows_read IS 'Rows read so far, at most a second old.';
COMMENT ON COLUMN import_job.rows_rejected IS 'Of them kept aside.';
COMMENT ON COLUMN import_job.bytes_read IS 'Bytes of the file read so far.';
COMMENT ON COLUMN import_job.tries IS 'How often it was begun.';
COMMENT ON COLUMN import_job.cancel_wanted IS 'Somebody asked to cancel it; whoever runs it looks once a second.';
COMMENT ON COLUMN import_job.created_at IS 'When the file was whole.';
COMMENT ON COLUMN import_job.started_at IS 'When it was begun last.';
COMMENT ON COLUMN import_job.ended_at IS 'When it was done, failed or cancelled.';
COMMENT ON COLUMN import_job.error IS 'Why it failed, for the sender.';
COMMENT ON COLUMN import_job.report IS 'What came in, as the interface gives it.';
COMMENT ON COLUMN import_job.batch_id IS 'The batch that it published, or found to be this very file.';
