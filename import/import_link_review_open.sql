-- Doubts about substances that wait for a person.
SELECT count(*) FROM review WHERE subject = 'substance' AND status = 'open'
