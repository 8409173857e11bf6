// Where things are: positions by what their check said, with the way to them on the map; and what is past its day.
import { h, icon } from './dom.mjs';
import { count, day } from './format.mjs';
import { pick, t, tOr } from './i18n.mjs';
import { format } from './permalink.mjs';
import { kindTitle } from './quality_sources.mjs';
import { state } from './store.mjs';
import { dataTable, number, shareCell } from './table.mjs';

function mapLink(layer) {
    const layers = { ...Object.fromEntries(Object.keys(state.layers).map((name) => [name, false])), names: true, [layer]: true };
    return h('a', { class: 'btn', id: `map-${layer}`, href: `./${format({ ...state, layers, card: null })}` }, icon('layers'),
        t('quality_on_map', { name: t(`layer_${layer}`) }));
}

function oneKind(item, answer) {
    const share = (rows) => (item.rows ? rows / item.rows : null);
    const lines = Object.entries(item.checks).filter(([check, rows]) => rows || check === 'ok' || check === 'missing')
        .map(([check, rows]) => ({ text: tOr(`word_${check}`, check), rows }));
    if (item.shared) lines.push({ text: t('quality_shared', { n: count(answer.shared_by), places: count(item.shared_places) }), rows: item.shared });
    if (item.far_from_river) lines.push({ text: t('word_far_from_river'), rows: item.far_from_river });
    const title = `${kindTitle(item.kind)}${t('in_brackets', { text: t('rows', { n: count(item.rows) }) })}`;
    return h('div', { class: 'kind', id: `positions-${item.kind}` }, h('h3', {}, title), dataTable(`positions-${item.kind}-table`, title, [
        { head: t('quality_check'), cell: (line) => line.text }, number('rows', t('rows_all')),
        { head: t('quality_share'), num: true, cell: (line) => shareCell(share(line.rows)) }], lines),
    item.far_from_river_rejected > 0 && h('p', { class: 'hint' }, t('quality_river_gone', { n: count(item.far_from_river_rejected) })));
}

export function positionsView(answer) {
    const say = (name) => pick(answer.definitions[name]).replaceAll('shared_by', count(answer.shared_by)).replace(' (shared)', '');
    return h('section', { class: 'sheet', id: 'positions' }, h('h2', {}, t('quality_positions')),
        h('dl', { class: 'facts' }, h('div', {}, h('dt', {}, t('quality_doubtful')), h('dd', { class: 'definition' }, say('doubtful'))),
            h('div', {}, h('dt', {}, t('quality_missing')), h('dd', { class: 'definition' }, say('missing')))),
        h('div', { class: 'buttons' }, mapLink('doubtful_positions'), mapLink('missing_positions')),
        answer.positions.length ? h('div', { class: 'kinds' }, answer.positions.map((item) => oneKind(item, answer))) : h('p', {}, t('quality_no_facilities')));
}

// answer: { today, overdue_days } as they stand.
export function overdueForm(answer, ask) {
    const today = h('input', { id: 'today', class: 'text', type: 'date', value: answer.today, required: true });
    const days = h('input', { id: 'overdue-days', class: 'text', type: 'number', min: 0, max: 36500, step: 1, value: answer.overdue_days, required: true });
    return h('form', { class: 'ask-day', onsubmit: (event) => {
        event.preventDefault();
        ask({ today: today.value, overdue_days: days.value });
    } }, h('div', { class: 'field' }, h('label', { for: 'today' }, t('quality_today')), today),
    h('div', { class: 'field' }, h('label', { for: 'overdue-days' }, t('quality_days')), days),
    h('button', { type: 'submit', class: 'btn main', id: 'ask-overdue' }, t('quality_apply')));
}

export function overdueView(answer, ask) {
    const { declarations, validity } = answer.overdue;
    const share = (a, b) => shareCell(b ? a / b : null);
    return h('section', { class: 'sheet', id: 'overdue' }, h('h2', {}, t('quality_overdue')), h('p', { class: 'hint definition' }, pick(answer.definitions.overdue)
        .replaceAll('overdue_days', count(answer.overdue_days))), overdueForm(answer, ask),
    h('h3', {}, t('quality_declared')), declarations.length ? dataTable('declared-table', t('quality_declared'), [
        { head: t('import_source'), cell: (item) => item.title || item.source }, number('facilities', t('layer_facilities')),
        number('overdue', t('quality_overdue_n')), { head: t('quality_share'), num: true, cell: (item) => share(item.overdue, item.facilities) },
        number('undated', t('no_date')), { head: t('quality_latest'), cell: (item) => day(item.latest) }], declarations) : h('p', {}, t('quality_no_holdings')),
    validity.length > 0 && [h('h3', {}, t('quality_validity')), dataTable('validity-table', t('quality_validity'), [
        { head: t('import_kind'), cell: (item) => kindTitle(item.kind) }, number('dated', t('quality_dated')), number('past', t('quality_past')),
        { head: t('quality_share'), num: true, cell: (item) => share(item.past, item.dated) }, { head: t('quality_earliest'), cell: (item) => day(item.earliest) }], validity)]);
}
