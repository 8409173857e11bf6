-- One server at a time makes the index: true for it, until its connection ends.
SELECT pg_try_advisory_lock(3826000107)
