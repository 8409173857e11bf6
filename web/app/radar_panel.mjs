// The panel's section of weights: the four of the facilities recolour the map while they are moved; the rest is behind a fold.
import { ask } from './api.mjs';
import { deskHash } from './desk.mjs';
import { h, icon, svg } from './dom.mjs';
import { num, quantity } from './format.mjs';
import { pick, t } from './i18n.mjs';
import { angleChoice, flatNotice, orderChoice } from './orders.mjs';
import { FACILITY_AXES, radarValue, radarWith, weightsOf } from './radar_query.mjs';
import { on, set, state } from './store.mjs';
import { cellRadius, pointRadius } from './style.mjs';
import { weightSliders } from './weights.mjs';

const SIZES_KG = [1e3, 1e6, 1e9];

// What the server calls the four axes; their letters alone until it has said so.
let factors = null;

async function askFactors() {
    try {
        ({ factors } = await ask('api/v1/radar/facilities', { query: { limit: 1 } }));
    } catch {
        factors = null;         // the sliders work with the letters of the axes
    }
}

// The radar's page with the settings of the map.
export function radarLink() {
    const { county, township, industry, cas, minScore, radar } = state;
    const parts = Object.entries({ ...radar, county, township, industry, cas, min: minScore }).filter(([, value]) => value).map(([key, value]) => `&${key}=${encodeURIComponent(value)}`);
    return `radar.html${deskHash()}${parts.join('')}`;
}

// Sizes as the map draws them, with the quantities they stand for.
export function sizeLegend() {
    const circle = (r) => svg('svg', { width: 2 * r + 3, height: 2 * r + 3, viewBox: [-r - 1.5, -r - 1.5, 2 * r + 3, 2 * r + 3].join(' '), 'aria-hidden': 'true' },
        svg('circle', { r }));
    const row = (title, radius) => h('tr', {}, h('th', { scope: 'row' }, title), SIZES_KG.map((kg) =>
        h('td', {}, circle(radius(kg)), h('span', { class: 'unseen' }, t('size_pixels', { n: num(2 * radius(kg), 2) })))));
    return h('div', { class: 'size-legend', id: 'legend-size' }, h('table', {}, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('size_is')),
        SIZES_KG.map((kg) => h('th', { scope: 'col' }, quantity(kg))))),
    h('tbody', {}, row(t('size_points'), pointRadius), row(t('size_cells'), cellRadius))), h('p', { class: 'hint' }, t('legend_size')));
}

export function radarPanel(box) {
    let sliders = null, flat = null, open = false;
    const labelOf = (key) => pick(factors?.find((factor) => factor.key === key)?.label);
    const change = (patch) => set({ radar: radarWith(state.radar, patch) });

    function more() {
        return h('details', { id: 'weights-more', open, ontoggle: (event) => { open = event.target.open; } }, h('summary', {}, t('weights_more')),
            orderChoice('map-order', FACILITY_AXES, radarValue(state.radar, 'order'), (order) => change({ order })),
            angleChoice('map-angle', radarValue(state.radar, 'angle'), (angle) => change({ angle })));
    }

    function foot() {
        return h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'btn', id: 'weights-reset', disabled: !Object.keys(state.radar).length,
            onclick: () => {
                document.getElementById('weights-G').focus();
                set({ radar: {} });
            } }, t('weights_reset')), h('a', { class: 'btn', id: 'to-radar', href: radarLink() }, icon('radar'), t('desk_radar')));
    }

    function draw() {
        sliders = weightSliders('weights', FACILITY_AXES.map((key) => ({ key, label: labelOf(key) })), weightsOf(state.radar), (weights) => change({ weights: weights.join(',') }));
        flat = flatNotice('weights-flat');
        box.replaceChildren(h('section', { class: 'section' }, h('h2', {}, t('weights_title')), h('p', { class: 'hint' }, t('weights_hint')),
            sliders.element, flat.notice, more(), foot()));
        flat.follow(state.radar);
    }

    // The sliders stay the same elements, else a drag would end with its first step.
    function follow() {
        sliders.update(weightsOf(state.radar));
        flat.follow(state.radar);
        for (const input of box.querySelectorAll('[type=radio]')) {
            input.checked = input.value === radarValue(state.radar, input.name === 'map-order' ? 'order' : 'angle');
        }
        document.getElementById('weights-reset').disabled = !Object.keys(state.radar).length;
        document.getElementById('to-radar').setAttribute('href', radarLink());
    }

    on(['lang'], draw);
    on(['radar'], follow);
    on(['theme', 'county', 'township', 'industry', 'cas', 'minScore'], () => document.getElementById('to-radar').setAttribute('href', radarLink()));
    draw();
    askFactors().then(() => sliders.name(FACILITY_AXES.map(labelOf)));
}
