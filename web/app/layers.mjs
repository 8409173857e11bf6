// Which layers are shown, what their colours mean, and the filters.
import { ask, explain } from './api.mjs';
import { deskHash, PAGES } from './desk.mjs';
import { h, icon, redraw } from './dom.mjs';
import { count, day } from './format.mjs';
import { pick, t } from './i18n.mjs';
import { FAMILIES, GROUPS } from './families.mjs';
import { heatControls, heatDownloads } from './heat.mjs';
import { fitBox } from './map.mjs';
import { newest } from './newest.mjs';
import { swatch } from './parts.mjs';
import { loadCounties, places, placeWithCount } from './place_names.mjs';
import { radarPanel, sizeLegend } from './radar_panel.mjs';
import { status } from './status.mjs';
import { on, set, state } from './store.mjs';
import { palette } from './theme.mjs';
import { symbolIcon } from './symbols.mjs';
import { loadTilesets, onTilesets, setLayer, tilesets } from './tilesets.mjs';

let countiesFault = '';

function layerSwitch(layer) {
    return h('label', { class: 'switch' },
        h('input', { type: 'checkbox', role: 'switch', id: `layer-${layer}`, checked: state.layers[layer],
            onchange: (event) => setLayer(layer, event.target.checked) }),
        h('span', { class: 'knob', 'aria-hidden': 'true' }), h('span', {}, t(`layer_${layer}`)));
}

// A layer drawn with an opacity shows other colours than its legend: the same mix with the land is shown here.
function seen(color, opacity) {
    const part = (hex, at) => parseInt(hex.slice(at, at + 2), 16);
    const mix = [1, 3, 5].map((at) => Math.round(part(color, at) * opacity + part(palette().land, at) * (1 - opacity)));
    return `#${mix.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function legendRow(item, opacity = 1) {
    const range = [item.min, item.max].map((value) => (value === null || value === undefined ? null : count(value)));
    const text = range[0] === null && range[1] === null ? ''
        : range[1] === null ? t('at_least', { n: range[0] })
            : range[0] === null ? t('below', { n: range[1] }) : t('from_to', { start: range[0], end: range[1] });
    const label = pick(item.label);
    return h('li', {}, swatch(seen(item.color, opacity)), h('span', { class: 'legend-label' }, label || text),
        label && text && !/\d/.test(label) && h('span', { class: 'legend-range' }, text));
}

function legendOf(layer, title, opacity = 1) {
    const tileset = tilesets[layer];
    if (!tileset?.legend) return tileset?.error ? null : h('p', { class: 'loading' }, t('loading'));
    const unit = pick(tileset.legend.unit);
    return h('div', { class: 'legend', id: `legend-${layer}` },
        h('p', { class: 'legend-title' }, title, unit && h('span', { class: 'unit' }, unit)),
        h('ul', {}, tileset.legend.classes.map((item) => legendRow(item, opacity)),
            tileset.legend.no_data && legendRow(tileset.legend.no_data)));
}

function failure(layer) {
    const text = tilesets[layer]?.error;
    return text && h('div', { class: 'notice error', role: 'alert' }, icon('alert'),
        h('div', {}, h('strong', {}, t('layer_failed', { name: t(`layer_${layer}`) })), h('p', {}, text),
            h('button', { type: 'button', class: 'btn', onclick: () => loadTilesets({ again: true }) }, t('try_again'))));
}

function facilitiesPart() {
    return [layerSwitch('facilities'), failure('facilities'),
        state.layers.facilities && [legendOf('facilities', t('score')), sizeLegend()]];
}

function heatLegend() {
    return state.layers.heat && [legendOf('heat', t('legend_heat'), palette().heatOpacity),
        h('p', { class: 'hint' }, state.cas ? t('heat_filtered', { cas: state.cas }) : t('heat_hint')), heatDownloads()];
}

const namesPart = () => [layerSwitch('names'), failure('counties'), failure('townships')];

function put(box, ...parts) {
    box.replaceChildren(...parts.flat(Infinity).filter(Boolean));
}

// How many records each family has; { error } where that cannot be had.
let records = {};

async function askRecords() {
    try {
        const { kinds } = await ask('api/v1/records');
        records = Object.fromEntries(kinds.map((kind) => [kind.kind, kind]));
    } catch (error) {
        records = { error: explain(error) };
    }
}

function familyLegend(family) {
    if (family.graded) {
        return [legendOf(family.id, t(`legend_${family.id}`)), family.page && [h('p', { class: 'hint' }, t(`hint_${family.id}`)),
            h('a', { class: 'btn', href: `${family.page}${deskHash()}${family.kind ? `&kind=${family.kind}` : ''}` }, icon('list'), t(`checks_${family.id}`))]];
    }
    if (family.shape !== 'point') return null;
    const column = state.lang === 'en' ? 1 : 0;
    const row = (look, text) => h('li', {}, symbolIcon({ mark: family.mark, ...look }, column), h('span', {}, text));
    const classes = Object.entries(family.classes ?? {});
    return h('ul', { class: 'legend symbols' }, classes.length ? classes.map(([name, look]) => row(look, t(`word_${name}`)))
        : row(family, t(`layer_${family.id}`)));
}

function familySwitch(family) {
    const known = family.derived ? null : records[family.id];
    const none = known && !known.records;
    const text = known ? none ? t('no_records') : known.drawn < known.records
        ? t('records_drawn', { n: count(known.records), drawn: count(known.drawn) }) : count(known.records) : '';
    const line = layerSwitch(family.id);
    line.querySelector('input').disabled = none && !state.layers[family.id];
    line.classList.toggle('empty', Boolean(none));
    line.append(h('span', { class: 'switch-count' }, text));
    return [line, failure(family.id), state.layers[family.id] && familyLegend(family)];
}

function familiesSection() {
    const open = (group) => FAMILIES.some((family) => family.group === group && state.layers[family.id]);
    return h('section', { class: 'section' }, h('h2', {}, t('more_layers')),
        records.error && h('p', { class: 'notice error', role: 'alert' }, records.error),
        GROUPS.map((group) => h('details', { id: `group-${group}`, open: open(group) || openGroups.has(group),
            ontoggle: (event) => (event.target.open ? openGroups.add(group) : openGroups.delete(group)) },
        h('summary', {}, t(`group_${group}`)),
        FAMILIES.filter((family) => family.group === group).map(familySwitch))));
}
const openGroups = new Set();

function countySelect() {
    if (countiesFault) return h('p', { class: 'notice error', role: 'alert' }, countiesFault);
    const choose = (event) => {
        const code = event.target.value;
        set({ county: code, township: '' });
        const found = places.counties.find((county) => county.code === code);
        if (found?.bbox) fitBox(found.bbox, 12);
    };
    return h('label', { class: 'field' }, h('span', {}, t('filter_county')),
        h('select', { id: 'county', onchange: choose }, h('option', { value: '' }, t('all_taiwan')),
            places.counties.map((county) => h('option', { value: county.code, selected: county.code === state.county }, placeWithCount(county)))));
}

// The highest score worth asking for: where the last class of the legend begins, and half as much again.
function scoreLimit() {
    const classes = tilesets.facilities?.legend?.classes;
    const last = classes?.[classes.length - 1];
    return Math.max(state.minScore, last ? last.max ?? Math.ceil(last.min * 1.5) : 10);
}

function scoreFilter() {
    const max = scoreLimit();
    const step = max > 20 ? 1 : 0.1;
    const slider = h('input', { type: 'range', id: 'min-score', min: 0, max, step, value: state.minScore });
    const box = h('input', { type: 'number', class: 'short', min: 0, max, step, value: state.minScore, inputmode: 'decimal',
        'aria-label': t('filter_score') });
    const take = (from, to) => () => {
        const value = Math.min(Math.max(Number(from.value) || 0, 0), max);
        to.value = value;
        set({ minScore: value });
    };
    slider.addEventListener('input', take(slider, box));
    box.addEventListener('change', take(box, slider));
    return h('div', { class: 'field' }, h('label', { for: 'min-score' }, t('filter_score')),
        h('div', { class: 'slider' }, slider, box));
}

function sourcesSection() {
    const sources = status.answer?.sources ?? [];
    return h('section', { class: 'section' }, h('h2', {}, t('sources')),
        sources.length ? h('ul', { class: 'plain' }, sources.map((source) => h('li', {}, source.title || source.name, ' ',
            h('span', { class: 'faint' }, `${day(source.published_at)} · ${t('rows', { n: count(source.rows) })}`))))
            : h('p', { class: 'faint' }, status.answer ? t('sources_none') : t('loading')),
        h('div', { class: 'buttons' }, PAGES.map(([name, file]) => h('a', { class: 'btn', href: `${file}${deskHash()}` }, t(`desk_${name}`)))),
        h('p', { class: 'hint' }, t('map_credit')));
}

async function askCounties() {
    try {
        await loadCounties();
        countiesFault = '';
    } catch (error) {
        countiesFault = explain(error);
    }
}

export function layersTab(pane) {
    const head = h('h2'), points = h('div'), heatHead = h('div'), heatBox = h('div'), heatFoot = h('div'), names = h('div');
    const weights = h('div'), families = h('div'), filtersBox = h('div'), sources = h('div');
    pane.append(h('section', { class: 'section' }, head, points, heatHead, heatBox, heatFoot, names), weights, families, filtersBox, sources);
    const drawLayers = () => {
        const focused = pane.contains(document.activeElement) ? document.activeElement.id : '';
        head.textContent = t('tab_layers');
        put(points, facilitiesPart());
        put(heatHead, layerSwitch('heat'), failure('heat'));
        put(heatFoot, heatLegend());
        put(names, namesPart());
        families.replaceChildren(familiesSection());
        if (focused && !document.activeElement?.id) document.getElementById(focused)?.focus();
    };
    const drawFilters = () => redraw(filtersBox,
        h('section', { class: 'section' }, h('h2', {}, t('filters')), countySelect(), scoreFilter()));
    const drawSources = () => sources.replaceChildren(sourcesSection());
    const refresh = newest(() => Promise.all([askCounties().then(drawFilters), askRecords().then(drawLayers)]));
    on(['layers', 'heat', 'cas', 'lang', 'theme'], drawLayers);
    on(['lang'], drawFilters);
    on(['lang', 'theme'], drawSources);
    on(['county'], () => { if (document.getElementById('county')?.value !== state.county) drawFilters(); });
    on(['atlas'], () => { refresh(); drawSources(); });
    let limit = 0, said = '';
    onTilesets((layer) => {
        // Weights that are moved bring new tiles many times a second; the legend mostly stays.
        const now = JSON.stringify([layer, tilesets[layer].legend, tilesets[layer].error]);
        if (now !== said) drawLayers();
        said = now;
        if (layer === 'facilities' && limit !== scoreLimit()) {
            limit = scoreLimit();
            drawFilters();
        }
    });
    radarPanel(weights);
    drawLayers();
    heatControls(heatBox);
    drawFilters();
    drawSources();
    refresh();
}
