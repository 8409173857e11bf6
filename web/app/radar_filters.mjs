// What narrows the lists: county, township, industry, substance, lowest score; each said again as a button that takes it away.
import { explain } from './api.mjs';
import { h, icon, redraw } from './dom.mjs';
import { t } from './i18n.mjs';
import { loadPlaces, placeName, places, placeWithCount } from './place_names.mjs';
import { setFirst } from './radar_view.mjs';
import { on, set, state } from './store.mjs';
import { learn, substanceName, substancesField } from './substances_field.mjs';

let fault = '';

async function load() {
    try {
        await loadPlaces();
        fault = '';
    } catch (error) {
        fault = explain(error);
    }
}

function select(id, title, first, options, now, changed) {
    return h('label', { class: 'field' }, h('span', {}, title), h('select', { id, onchange: (event) => changed(event.target.value) },
        h('option', { value: '' }, first), options.map(([value, text]) => h('option', { value, selected: value === now }, text)),
        now && !options.some(([value]) => value === now) && h('option', { value: now, selected: true }, now)));
}

function scoreField() {
    return h('label', { class: 'field' }, h('span', {}, t('filter_score')), h('input', { type: 'number', id: 'filter-min', class: 'text', min: 0, step: 'any',
        inputmode: 'decimal', value: state.minScore || '', onchange: (event) => setFirst({ minScore: Math.max(0, Number(event.target.value) || 0) }) }));
}

function taken() {
    const chips = [
        state.county && [placeName(state.county), { county: '', township: '' }],
        state.township && [placeName(state.township), { township: '' }],
        state.industry && [state.industry, { industry: '' }],
        state.cas && state.of === 'facilities' && [substanceName(state.cas), { cas: null }],
        state.minScore > 0 && [t('score_from', { n: state.minScore }), { minScore: 0 }],
    ].filter(Boolean);
    return chips.length > 0 && h('div', { class: 'chips', id: 'filters-taken' }, chips.map(([text, patch]) => h('button', { type: 'button', class: 'btn',
        'aria-label': t('remove', { name: text }), onclick: () => {
            setFirst(patch);
            document.getElementById('filter-county').focus();
        } }, text, icon('close'))));
}

function view() {
    const facilities = state.of === 'facilities';
    const townships = places.townships.filter((item) => item.county === state.county);
    return [fault && h('p', { class: 'notice error', role: 'alert' }, fault), h('div', { class: 'list-filters' },
        select('filter-county', t('filter_county'), t('all_taiwan'), places.counties.map((item) => [item.code, placeWithCount(item)]), state.county,
            (county) => setFirst({ county, township: '' })),
        select('filter-township', t('filter_township'), state.county ? t('all_townships') : t('county_first'), townships.map((item) => [item.code, placeWithCount(item)]),
            state.township, (township) => setFirst({ township })),
        select('filter-industry', t('industry'), t('all_industries'), places.industries.map((item) => [item.name, placeWithCount(item)]), state.industry,
            (industry) => setFirst({ industry })),
        facilities && substancesField({ id: 'filter-cas', label: t('substance'), values: [], change: ([cas]) => setFirst({ cas }) }), scoreField()), taken()];
}

// known() is called when names of places are there.
export function radarFiltersStart(box, known) {
    const draw = () => redraw(box, view());
    on(['lang', 'of', 'county', 'township', 'industry', 'cas', 'minScore'], draw);
    on(['cas'], () => learn(state.cas, draw));
    on(['atlas'], () => load().then(draw));
    draw();
    learn(state.cas, draw);
    load().then(() => {
        draw();
        known();
    });
}

// A place of the regions' map or table as filter of the lists.
export function filterByRegion(by, code, county) {
    set(by === 'county' ? { county: code, township: '', after: 0 } : { county, township: code, after: 0 });
}
