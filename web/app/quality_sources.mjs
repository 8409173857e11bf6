// What came in: rows of each source and of each import by what became of them, and why some were kept aside.
import { url } from './api.mjs';
import { h } from './dom.mjs';
import { count, time } from './format.mjs';
import { pick, t, tOr } from './i18n.mjs';
import { kindNow } from './kinds.mjs';
import { dataTable, number, shareCell } from './table.mjs';

export function kindTitle(name) {
    return pick(kindNow(name)?.title) || name;
}

const why = (list) => list.length > 0 && h('ul', { class: 'why-not' },
    list.map((reason) => h('li', {}, `${count(reason.rows)} × ${tOr(`reason_${reason.code}`, reason.code)}`)));

function reasons(item, batch) {
    const notes = item.notes ?? [];
    if (!item.reasons.length && !notes.length) return '–';
    return [why(item.reasons), notes.length > 0 && h('span', { class: 'hint block' }, t('quality_notes')), why(notes),
        h('a', { class: 'file-link', href: url(`api/v1/batches/${batch}/rejected.csv`), download: `rejected-${batch}.csv` }, t('quality_rejected', { n: batch }))];
}

const usable = () => ({ head: t('quality_usable'), num: true, cell: (item) => shareCell(item.usable_share) });
const counts = () => [number('rows_in', t('rows_read')), number('published', t('quality_published')), number('unchanged', t('rows_unchanged')),
    number('repeated', t('rows_repeated')), number('rejected', t('rows_rejected'))];

export function sourcesView(answer) {
    const columns = [{ head: t('import_source'), cell: (item) => item.title || item.source }, { head: t('import_kind'), cell: (item) => kindTitle(item.kind) }, usable(),
        number('batches', t('quality_imports')), ...counts(), { head: t('quality_reasons'), cell: (item) => reasons(item, item.latest_batch) }];
    return h('section', { class: 'sheet', id: 'sources' }, h('h2', {}, t('quality_sources')), h('p', { class: 'hint definition' }, pick(answer.definitions.usable_share)),
        answer.sources.length ? dataTable('sources-table', t('quality_sources'), columns, answer.sources) : h('p', {}, t('sources_none')));
}

export function batchesView(answer, open, toggled) {
    const name = (item) => [`${item.batch}`, item.undone && h('span', { class: 'faint block' }, t('quality_undone'))];
    const columns = [{ head: t('batch_no'), cell: name }, { head: t('import_time'), cell: (item) => time(item.published_at) },
        { head: t('import_source'), cell: (item) => item.source }, { head: t('import_kind'), cell: (item) => kindTitle(item.kind) }, usable(),
        { head: t('import_file'), cell: (item) => h('span', { class: 'file-name' }, item.file) }, ...counts(),
        { head: t('quality_reasons'), cell: (item) => reasons(item, item.batch) }];
    if (!answer.batches.length) return null;
    return h('details', { class: 'sheet', id: 'batches', open, ontoggle: (event) => toggled(event.target.open) },
        h('summary', {}, t('quality_batches', { n: count(answer.batches.length) })), dataTable('batches-table', t('import_history'), columns, answer.batches));
}
