-- doctor_counts: atlas number and how many rows the tables hold that the program cannot do without.
SELECT (SELECT number FROM hazatlas.atlas_revision) AS atlas,
       (SELECT count(*) FROM hazatlas.facility) AS facilities,
       (SELECT count(*) FROM hazatlas.holding) AS holdings,
       (SELECT count(*) FROM hazatlas.substance) AS substances,
       (SELECT count(*) FROM hazatlas.area WHERE kind = 'county') AS counties,
       (SELECT count(*) FROM hazatlas.area WHERE kind = 'township') AS townships,
       (SELECT count(*) FROM hazatlas.reference_table) AS reference_tables,
       (SELECT count(*) FROM hazatlas.response_distance) AS distances,
       (SELECT count(*) FROM hazatlas.import_batch) AS imports,
       (SELECT coalesce(sum(rows_rejected), 0)::bigint FROM hazatlas.import_batch) AS rejected
