-- cancel_self: the number of this connection's process.
SELECT pg_backend_pid()
