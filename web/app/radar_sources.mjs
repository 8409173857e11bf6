// The imported rows that one score rests on, each with file and line: of a facility its holdings, size and age, of a substance
// hazard ratings, national quantities, incidents, exports and official classes.
import { h } from './dom.mjs';
import { count, day, num, quantity } from './format.mjs';
import { t, tOr } from './i18n.mjs';
import { dataTable } from './table.mjs';

const SHOWN = 100;
const said = (value) => (value === null || value === undefined || value === '' ? '–' : String(value));
const behaviour = (row) => tOr(`behaviour_${row.behaviour}`, said(row.behaviour));
const dates = (row) => [row.period_start, row.period_end].filter(Boolean).map(day).filter((one, at, all) => all.indexOf(one) === at).join(' – ') || t('no_date');
const reported = (row) => [row.reported_quantity, row.reported_unit].filter(Boolean).join(' ') || '–';

const column = (head, cell, num_) => ({ head, cell, num: num_ });
const whence = () => [column(t('import_source'), (row) => said(row.source_title ?? row.source)), column(t('source_file'), (row) => (row.file
    ? t('source_line', { file: row.file, line: count(row.line), batch: count(row.batch) }) : '–'))];

// A table of at most SHOWN rows, with how many there are in all.
function part(id, title, columns, rows, total = rows?.length ?? 0) {
    if (!rows?.length) return null;
    return [h('h3', {}, `${title}${t('in_brackets', { text: t('rows', { n: count(total) }) })}`), dataTable(id, title, columns, rows.slice(0, SHOWN)),
        total > Math.min(SHOWN, rows.length) && h('p', { class: 'hint' }, t('source_rows_cut', { shown: count(Math.min(SHOWN, rows.length)), n: count(total) }))];
}

function ofFacility(found) {
    const { holdings, size_age: about, substances = [] } = found;
    return [part('source-substances', t('source_substances'), [column(t('substance'), (row) => `${row.name_zh ?? row.name_en ?? ''} ${row.cas}`),
        column(t('source_area'), (row) => num(row.area, 5), true), ...['A', 'B', 'C', 'D'].map((key, at) => column(key, (row) => (row.axes[at].no_data ? t('no_data')
            : num(row.axes[at].value, 3)), true))], substances),
    part('source-holdings', t('source_holdings'), [column(t('substance'), (row) => [row.cas, row.reported_name].filter(Boolean).join(' ')), column(t('source_behaviour'), behaviour),
        column(t('source_period'), dates), column(t('source_reported'), reported, true), column(t('unit_kg_head'), (row) => quantity(row.kg), true), ...whence()],
    holdings?.rows, holdings?.total),
    part('source-size', t('source_size_age'), [column(t('layer_facilities'), (row) => row.name), column(t('source_founded'), (row) => said(row.established_year), true),
        column(t('source_capital'), (row) => (row.paid_in_capital_twd === null ? '–' : count(Number(row.paid_in_capital_twd))), true),
        column(t('source_employees'), (row) => said(row.employees), true), ...whence()], about?.rows)];
}

const fieldsText = (row) => Object.entries(row.fields ?? {}).map(([key, value]) => `${key}=${value}`).join(' ');

function ofSubstance(found) {
    const { national, national_rows: rows, incident_rows: incidents, factors = {} } = found;
    const imported = (id, title, list) => part(id, title, [column(t('source_fields'), fieldsText), ...whence()], list);
    return [part('source-hazard', t('source_hazard'), [column(t('import_source'), (row) => said(row.source_title ?? row.source)), column(t('source_health'), (row) => said(row.health), true),
        column(t('source_flammability'), (row) => said(row.flammability), true), column(t('source_instability'), (row) => said(row.instability), true),
        column(t('source_citation'), (row) => said(row.citation)), whence()[1]], found.hazard_rows),
    part('source-national', t('source_national'), [column(t('import_source'), (row) => said(row.source_title ?? row.source)), column(t('source_behaviour'), behaviour),
        column(t('source_year'), (row) => said(row.year), true), column(t('unit_kg_head'), (row) => quantity(row.kg), true),
        column(t('source_counts'), (row) => (row.counts ? t('yes') : t('no')))], national?.sums),
    part('source-national-rows', t('source_national_rows'), [column(t('layer_facilities'), (row) => said(row.name)), column(t('source_period'), dates),
        column(t('source_reported'), reported, true), column(t('unit_kg_head'), (row) => quantity(row.kg), true), whence()[1]], rows?.rows, rows?.total),
    part('source-incidents', t('source_incidents'), [column(t('source_day'), (row) => day(row.day)), column(t('source_title'), (row) => said(row.title)), ...whence()],
        incidents?.rows, incidents?.total),
    imported('source-exports', t('source_exports'), factors?.export_rows), imported('source-stated', t('source_stated'), factors?.stated_rows),
    imported('source-official', t('source_official'), factors?.official_rows)];
}

export function sourceRows(found) {
    const parts = (found.facility ? ofFacility(found) : ofSubstance(found)).filter(Boolean);
    return parts.length ? parts : h('p', {}, t('source_none'));
}
