-- Whether this user may leave the checks of foreign keys out: 1 or 0.
SELECT rolsuper FROM pg_roles WHERE rolname = current_user
