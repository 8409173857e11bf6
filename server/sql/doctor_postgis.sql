-- doctor_postgis: versions of the libraries that PostGIS computes with.
SELECT public.postgis_proj_version(), public.postgis_geos_version()
