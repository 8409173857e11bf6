-- Takes a person's word back; that of the product holds again. $1 our number
DELETE FROM threshold_assignment WHERE id = $1 AND NOT shipped
