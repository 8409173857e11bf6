// What an import found: how the file was understood, its first rows, all counts, and what was wrong.
import { url } from './api.mjs';
import { h, icon } from './dom.mjs';
import { count } from './format.mjs';
import { t, tOr } from './i18n.mjs';
import { fieldLabel, kindNow } from './kinds.mjs';
import { remarkText } from './remarks.mjs';

const COUNTS = ['read', 'new', 'changed', 'unchanged', 'repeated', 'rejected'];

function counts(report) {
    return h('table', { class: 'counts' }, h('caption', {}, t('import_counts')), h('tbody', {},
        COUNTS.map((name) => h('tr', { class: name === 'rejected' && report.rows_rejected ? 'bad' : '' },
            h('th', { scope: 'row' }, t(`rows_${name}`)), h('td', { class: 'num', id: `rows-${name}` }, count(report[`rows_${name}`])))),
        report.remarks.map((remark) => h('tr', { class: 'remark' }, h('th', { scope: 'row' }, remarkText(remark.name)),
            h('td', { class: 'num' }, count(remark.value))))));
}

function takenAs(report) {
    if (!report.taken_as?.length) return null;
    return [h('h3', {}, t('import_taken')), h('dl', { class: 'facts' }, report.taken_as.map((item) => h('div', {},
        h('dt', {}, tOr(`taken_${item.name}`, item.name)),
        h('dd', {}, h('strong', {}, item.value), item.why && h('span', { class: 'hint block' }, item.why)))))];
}

// Which column of the file gives which field; another choice looks at the file anew.
function mapping(job, repeat) {
    const understood = job.report.understood;
    const kind = kindNow(job.kind);
    if (!understood?.['--header'] || !kind) return null;
    const header = understood['--header'];
    const changed = (name, column) => {
        const now = Object.fromEntries(kind.fields.map((field) => [field.name, understood[field.name]]));
        for (const field of kind.fields) if (field.name !== name && now[field.name] === column) now[field.name] = undefined;
        now[name] = column || undefined;
        return Object.entries(now).filter(([, value]) => value).map(([field, value]) => `${field}=${value}`);
    };
    const row = (field) => h('tr', {}, h('th', { scope: 'row' }, fieldLabel(kind, field.name), field.required && h('span', { class: 'need' }, ` ${t('needed')}`)),
        h('td', {}, h('select', { 'data-field': field.name, 'aria-label': fieldLabel(kind, field.name),
            onchange: (event) => repeat({ dry_run: 'yes' }, changed(field.name, event.target.value)) },
        h('option', { value: '' }, '–'),
        header.map((column) => h('option', { value: column, selected: understood[field.name] === column }, column)))));
    return h('details', { id: 'mapping', open: header.some((column) => !Object.values(understood).includes(column)) },
        h('summary', {}, t('import_mapping')),
        h('table', { class: 'mapping' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('import_field')), h('th', { scope: 'col' }, t('import_column')))),
            h('tbody', {}, kind.fields.map(row))));
}

function firstRows(job) {
    const rows = job.report.preview_rows ?? [];
    const kind = kindNow(job.kind);
    const order = (name) => (kind?.fields ?? []).findIndex((field) => field.name === name);
    const place = (name) => (order(name) < 0 ? Infinity : order(name));
    const names = [...new Set(rows.flatMap((row) => Object.keys(row.fields)))].sort((a, b) => (place(a) < place(b) ? -1 : 1));
    if (!rows.length) return null;
    return [h('h3', {}, t('import_first_rows')), h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': t('import_first_rows') },
        h('table', { class: 'first-rows' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('import_line')),
            names.map((name) => h('th', { scope: 'col' }, fieldLabel(kind, name))))),
        h('tbody', {}, rows.map((row) => h('tr', {}, h('th', { scope: 'row' }, row.line), names.map((name) => h('td', {}, row.fields[name] ?? '')))))))];
}

function reasons(job) {
    const { report } = job;
    if (!report.reasons?.length) return null;
    const batch = report.batch ?? job.batch;
    return [h('h3', {}, t('import_wrong')), h('ul', { class: 'reasons' }, report.reasons.map((reason) => h('li', {},
        h('strong', {}, `${count(reason.rows)} × ${tOr(`reason_${reason.code}`, reason.code)}`), h('span', { class: 'hint block', lang: 'en' }, reason.example)))),
    batch && h('p', {}, h('a', { class: 'btn', id: 'rejected', href: url(`api/v1/batches/${batch}/rejected.csv`), download: `rejected-${batch}.csv` },
        icon('list'), t('import_rejected')), h('span', { class: 'hint block' }, t('import_rejected_hint')))];
}

export function reportView(job, { repeat }) {
    const { report } = job;
    const dry = job.options.dry_run;
    return h('div', { class: 'report' },
        report.same_file && h('p', { class: 'notice' }, icon('info'), h('span', {}, t('import_same', { n: report.batch }))),
        takenAs(report), dry && mapping(job, repeat), dry && firstRows(job), counts(report), reasons(job),
        dry && job.file_kept && h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'btn main', id: 'import-for-good',
            onclick: () => repeat({ dry_run: 'no' }, job.options.map ?? []) }, t('import_for_good', { n: count(report.rows_new + report.rows_changed) }))));
}
