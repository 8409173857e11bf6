-- 0030_undo_same: which keys are one facility is undone with the import or the decision that said so.
SELECT undo_watch('facility_same', 75, false, true);
