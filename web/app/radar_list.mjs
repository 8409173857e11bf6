// The priority lists: facilities or substances by score, with what the ranking depends on, page by page; and as files.
import { h, say } from './dom.mjs';
import { count, score } from './format.mjs';
import { nameOf, pick, t } from './i18n.mjs';
import { newest } from './newest.mjs';
import { pager, pageText } from './pager.mjs';
import { errorBox, fileLinks, loading, scoreBadge } from './parts.mjs';
import { downloadHref, radarList } from './radar_answer.mjs';
import { radarFiltersStart } from './radar_filters.mjs';
import { placeNames } from './place_names.mjs';
import { setFirst } from './radar_view.mjs';
import { on, set, state } from './store.mjs';
import { dataTable } from './table.mjs';

const ROWS = [20, 50, 100, 200];
const FORMATS = { facilities: ['csv', 'xlsx', 'geojson'], substances: ['csv', 'xlsx'] };
let answer = null, fault = null;

export const keyOf = (row) => String(row.id ?? row.cas);

function nameCell(row) {
    const key = keyOf(row), more = row.cas ? [`CAS ${row.cas}`, row.name_en !== nameOf(row) && row.name_en]
        : [placeNames(row.county, row.township), row.industry];
    return h('div', { class: 'ranked' }, h('span', { class: 'rank' }, count(row.rank)), h('button', { type: 'button', class: 'row-button', 'data-chosen': key,
        'aria-pressed': String(state.chosen === key), onclick: () => set({ chosen: key }) }, h('span', { class: 'row-name' }, row.cas ? nameOf(row) : row.name),
    h('span', { class: 'row-more' }, more.filter(Boolean).join(' · '))));
}

function axisCell(axis) {
    if (axis.no_data) return h('span', { class: 'faint' }, t('no_data'));
    return axis.class === null ? score(axis.raw) : count(axis.class);
}

function ranksCell({ ranks }) {
    if (!ranks) return '–';
    return ranks.best === ranks.worst ? count(ranks.best) : t('from_to', { start: count(ranks.best), end: count(ranks.worst) });
}

function columns(rows) {
    const axes = rows[0]?.axes ?? [];
    return [
        { head: t(state.of === 'substances' ? 'substance' : 'layer_facilities'), cell: nameCell },
        { head: t('score'), num: true, key: 'area', cell: (row) => scoreBadge(row.area) },
        { head: t('rank_interval'), num: true, cell: ranksCell },
        ...axes.map((axis, at) => ({ head: h('span', {}, h('b', {}, axis.key), h('span', { class: 'block faint' }, pick(axis.label))), num: true,
            cell: (row) => axisCell(row.axes[at]) })),
        { head: t('sort_mean'), num: true, key: 'mean', cell: (row) => score(row.mean_area) },
        { head: t('sort_geometric'), num: true, key: 'geometric', cell: (row) => score(row.geometric) },
    ];
}

function table() {
    const rows = answer[state.of] ?? [];
    if (!rows.length) return h('p', { class: 'notice' }, t('list_none'));
    const sort = { by: state.sort, down: true, take: (key) => {
        setFirst({ sort: key });
        say(t('list_sorted', { name: t(`sort_${key}`) }));
    } };
    return [dataTable('radar-table', t(`list_of_${state.of}`), columns(rows), rows, { sort }), h('p', { class: 'hint' }, t('companions_hint'))];
}

function pages() {
    const page = () => ({ after: state.after, rows: state.rows, matched: answer.matched });
    const go = (after) => {
        set({ after });
        say(pageText(page()));
    };
    return pager('page', page(), go, h('label', { class: 'rows-choice' }, h('span', {}, t('rows_a_page')), h('select', { id: 'rows', onchange: (event) => setFirst({ rows: Number(event.target.value) }) },
        ROWS.map((rows) => h('option', { value: rows, selected: rows === state.rows }, String(rows))))));
}

function downloads() {
    return h('div', { class: 'buttons', id: 'downloads' }, fileLinks('download', FORMATS[state.of], (format) => downloadHref(state.of, format)),
        h('p', { class: 'hint' }, t('download_hint')));
}

function kindChoice() {
    return h('fieldset', { class: 'choices' }, h('legend', { class: 'unseen' }, t('list_of')), ['facilities', 'substances'].map((of) =>
        h('label', { class: 'choice' }, h('input', { type: 'radio', name: 'list-of', value: of, checked: state.of === of,
            onchange: () => set({ of, after: 0, chosen: '' }) }), h('span', {}, t(`list_of_${of}`)))));
}

export function radarListStart(box) {
    const kind = h('div'), filters = h('div'), rows = h('div', { id: 'list-rows' });
    const heading = h('h2');
    box.replaceChildren(h('section', { class: 'sheet' }, heading, kind, filters, rows));
    function drawRows() {
        const focused = rows.contains(document.activeElement) ? document.activeElement : null;
        const mark = focused?.id ? `#${focused.id}` : focused?.dataset.sort ? `[data-sort="${focused.dataset.sort}"]`
            : focused?.dataset.chosen ? `[data-chosen="${focused.dataset.chosen}"]` : '';
        const left = rows.querySelector('.scroll')?.scrollLeft ?? 0;
        rows.replaceChildren(...(fault ? [errorBox(fault, load, 'list')] : answer ? [table(), pages(), downloads()].flat(2) : [loading()]).filter(Boolean));
        if (left && answer) rows.querySelector('.scroll').scrollLeft = left;
        if (mark) (rows.querySelector(mark) ?? rows.querySelector('button'))?.focus();
    }
    function drawWords() {
        heading.textContent = t('list_title_radar');
        kind.replaceChildren(kindChoice());
    }
    radarFiltersStart(filters, drawRows);
    const load = newest(async () => {
        const { of } = state;
        try {
            const found = await radarList(of);
            if (of !== state.of) return;
            [answer, fault] = [found, null];
        } catch (error) {
            [answer, fault] = [null, error];
        }
        drawRows();
    });
    on(['lang', 'of'], drawWords);
    on(['of'], () => { answer = fault = null; });
    on(['lang', 'chosen'], drawRows);
    on(['radar', 'of', 'county', 'township', 'industry', 'cas', 'minScore', 'sort', 'after', 'rows', 'atlas'], load);
    drawWords();
    drawRows();
    load();
}
