-- cancel_backend: stops the statement that process $1 runs.
SELECT pg_cancel_backend($1)
