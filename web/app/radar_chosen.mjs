// One score explained: chart, arithmetic line by line, class limits, companions, and the source rows it all rests on.
import { explain, url } from './api.mjs';
import { h, icon } from './dom.mjs';
import { count, num, score } from './format.mjs';
import { nameOf, pick, t } from './i18n.mjs';
import { calm, newest } from './newest.mjs';
import { format } from './permalink.mjs';
import { radarChart } from './radar.mjs';
import { chartHref, explainQuery, radarExplain } from './radar_answer.mjs';
import { placeNames } from './place_names.mjs';
import { sourceRows } from './radar_sources.mjs';
import { on, set, state } from './store.mjs';
import { dataTable } from './table.mjs';
import { themeNow } from './theme.mjs';

const CALM_MS = 120, CLASSES = 10, FACILITY_ZOOM = 15;
let answer = null, fault = '', shown = '', open = false;

// The largest Y that the settings allow: all classes 10. G without rescaling reaches so far.
function largestY({ substance_weights: weights, substance_order: order, sin }) {
    const [a, b, c, d] = [...order].map((key) => CLASSES * weights['ABCD'.indexOf(key)] / 100);
    return (a + c) * (b + d) * sin / 2;
}

// The axes as the chart wants them.
function chartOf(found) {
    const axes = found.axes.map((axis) => ({ ...axis, class: axis.key === 'G' ? null : axis.value,
        max: axis.weight * (axis.key === 'G' && !found.rescale ? largestY(found) : CLASSES) }));
    return { ...found, axes };
}

function head(found) {
    const { facility, substance } = found, item = facility ?? substance;
    const more = facility ? placeNames(facility.county?.code, facility.township?.code) : `CAS ${substance.cas}`;
    return h('div', { class: 'chosen-head' }, h('div', {}, h('h2', { tabindex: '-1' }, facility ? item.name : nameOf(item)), h('p', { class: 'faint' }, more)),
        h('button', { type: 'button', class: 'btn square', id: 'chosen-close', 'aria-label': t('close'), onclick: close }, icon('close')));
}

function close() {
    const was = state.chosen;
    set({ chosen: '' });
    (document.querySelector(`[data-chosen="${was}"]`) ?? document.querySelector('#radar-table button'))?.focus();
}

function companions(found) {
    const ranks = found.ranks && (found.ranks.best === found.ranks.worst ? count(found.ranks.best)
        : t('from_to', { start: count(found.ranks.best), end: count(found.ranks.worst) }));
    const fact = (term, value) => h('div', {}, h('dt', {}, term), h('dd', {}, value));
    return h('dl', { class: 'facts' }, fact(t('compare_rank'), found.rank ? t('rank_of', { rank: count(found.rank), n: count(found.ranked) }) : t('no_data')),
        fact(t('rank_interval'), ranks || t('no_data')), fact(t('sort_mean'), score(found.mean_area)), fact(t('sort_geometric'), score(found.geometric)));
}

// Least raw value of each class; the one reached is marked, in words too.
function limits(found) {
    const rows = found.axes.filter((axis) => axis.class_limits?.length);
    if (!rows.length) return null;
    const cell = (at) => (axis) => {
        const reached = !axis.no_data && !axis.official && axis.value === at + 1;
        const text = axis.class_limits[at] === null ? '–' : num(axis.class_limits[at], 4);
        return reached ? h('mark', { class: 'reached' }, text, h('span', { class: 'unseen' }, t('class_reached'))) : text;
    };
    return [h('h3', {}, t('class_limits')), h('p', { class: 'hint' }, t('class_limits_hint')), dataTable('limits-table', t('class_limits'), [
        { head: t('factor'), cell: (axis) => [h('b', {}, axis.key), ` ${pick(axis.label)}${t('in_brackets', { text: pick(axis.unit) })}`] },
        { head: t('raw_value'), num: true, cell: (axis) => (axis.no_data ? t('no_data') : num(axis.raw, 6)) },
        { head: t('class_head'), num: true, cell: (axis) => (axis.official ? [count(axis.value), h('span', { class: 'faint block' }, t('class_official'))] : count(axis.value)) },
        ...Array.from({ length: CLASSES }, (_, at) => ({ head: String(at + 1), num: true, cell: cell(at) }))], rows)];
}

// The filters of place that the facility passes: it must be on the map that opens.
function filtersHolding(facility) {
    const kept = (name, own) => ({ [name]: state[name] === own ? own : '' });
    return { ...kept('county', facility?.county?.code), ...kept('township', facility?.township?.code) };
}

function links(found) {
    const { of, chosen } = state;
    const place = found.facility && Number.isFinite(found.facility.lon) ? { lon: found.facility.lon, lat: found.facility.lat, zoom: FACILITY_ZOOM } : state.view;
    const map = `./${format({ ...state, layers: { ...state.layers, facilities: true }, view: place, card: { kind: 'facility', id: Number(chosen) }, packet: null, tab: 'layers', ...filtersHolding(found.facility) })}`;
    return h('div', { class: 'buttons' }, h('a', { class: 'btn', id: 'chart-file', download: true, href: chartHref(of, chosen, themeNow()) }, icon('save'), t('chart_file')),
        h('a', { class: 'btn', id: 'explain-file', href: url(`api/v1/radar/${of}/${encodeURIComponent(chosen)}/explain`, explainQuery(of)) }, icon('link'), t('explain_file')),
        found.facility && h('a', { class: 'btn', id: 'chosen-map', href: map }, icon('layers'), t('chosen_on_map')));
}

function view(found) {
    return [head(found), h('div', { class: 'chosen-columns' }, h('div', {}, radarChart(chartOf(found))),
        h('div', {}, h('h3', {}, t('lines_title')), h('ol', { class: 'lines' }, found.lines.map((line) => h('li', {}, pick(line)))), companions(found))),
    h('div', {}, limits(found)), h('details', { id: 'chosen-sources', open, ontoggle: (event) => { open = event.target.open; } },
        h('summary', {}, t('source_rows')), sourceRows(found)), links(found), h('p', { class: 'faint' }, t('atlas_number', { n: count(found.atlas) }))];
}

export function radarChosenStart(box) {
    const draw = () => {
        const parts = fault ? [h('div', { class: 'notice error', role: 'alert', id: 'chosen-fault' }, icon('alert'), h('span', {}, fault))] : answer ? view(answer) : [];
        const focused = box.contains(document.activeElement) ? document.activeElement : null;
        box.replaceChildren(...(state.chosen && parts.length ? [h('section', { class: 'sheet', id: 'chosen' }, parts)] : []));
        if (focused) (focused.id ? document.getElementById(focused.id) : box.querySelector('h2'))?.focus({ preventScroll: true });
    };
    const load = newest(async () => {
        const { of, chosen } = state;
        if (!chosen) {
            [answer, fault, shown] = [null, '', ''];
            draw();
            return;
        }
        try {
            const found = await radarExplain(of, chosen);
            if (chosen !== state.chosen) return;
            [answer, fault] = [found, ''];
        } catch (error) {
            fault = explain(error);
        }
        draw();
        if (shown !== chosen) {
            box.scrollIntoView({ block: 'start' });
            box.querySelector('h2')?.focus({ preventScroll: true });
        }
        shown = chosen;
    });
    on(['radar', 'atlas'], calm(load, CALM_MS));
    on(['of', 'chosen'], load);
    on(['lang', 'theme'], draw);
    load();
}
