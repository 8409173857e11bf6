// The page of imports: a file is dropped, looked at (a dry run), imported, and what became of it is shown.
import { byId } from './dom.mjs';
import { deskStart } from './desk.mjs';
import { formStart } from './import_form.mjs';
import { historyStart } from './import_history.mjs';
import { jobStart } from './import_job.mjs';

deskStart('imports');
const history = historyStart(byId('import-history'));
const job = jobStart(byId('import-job'), history.refresh);
formStart(byId('import-form'), job);
