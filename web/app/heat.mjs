// The heat map's controls in the layer panel: what is summed, over which radius, by which kernel, of which holdings.
// What is chosen is part of the address, of every tile and of every value read from the map.
import { url } from './api.mjs';
import { deskHash } from './desk.mjs';
import { h, icon, redraw } from './dom.mjs';
import { metres } from './format.mjs';
import { HEAT_BEHAVIOURS, HEAT_BY, heatCompareHref, HEAT_KERNELS, heatBy, heatOffers, heatQuery, YEAR } from './heat_choice.mjs';
import { t } from './i18n.mjs';
import { on, set, state } from './store.mjs';

const RADII = [500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 7500, 10000, 15000, 20000];

const change = (patch) => set({ heat: { ...state.heat, ...patch } });

function choice(name, label, values, text, now = state.heat[name], offered = () => true) {
    return h('div', { class: 'field' }, h('label', { for: `heat-${name}` }, label),
        h('select', { id: `heat-${name}`, onchange: (event) => change({ [name]: event.target.value }) },
            values.map((value) => h('option', { value, selected: now === value, disabled: !offered(value) },
                text(value)))));
}

let frame = 0;

function radiusField() {
    const now = state.heat.radius;
    const at = RADII.findIndex((radius) => radius >= now);
    const text = h('output', { for: 'heat-radius', class: 'slider-text' }, metres(now));
    const slider = h('input', { type: 'range', id: 'heat-radius', min: 0, max: RADII.length - 1, step: 1,
        value: at < 0 ? RADII.length - 1 : at, 'aria-valuetext': metres(now) });
    slider.addEventListener('input', () => {
        const radius = RADII[Number(slider.value)];
        text.textContent = metres(radius);
        slider.setAttribute('aria-valuetext', metres(radius));
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => change({ radius }));
    });
    return h('div', { class: 'field' }, h('label', { for: 'heat-radius' }, t('heat_radius')), h('div', { class: 'slider' }, slider, text));
}

function yearField(name) {
    return h('label', { class: 'year' }, t(`heat_${name}`), h('input', { type: 'number', class: 'short', id: `heat-${name}`, min: 1900, max: 2199, step: 1,
        inputmode: 'numeric', value: state.heat[name],
        onchange: (event) => change({ [name]: YEAR.test(event.target.value) ? event.target.value : '' }) }));
}

function publicSwitch() {
    return h('label', { class: 'switch' }, h('input', { type: 'checkbox', role: 'switch', id: 'heat-tier', checked: state.heat.tier === 'public',
        onchange: (event) => change({ tier: event.target.checked ? 'public' : '' }) }),
    h('span', { class: 'knob', 'aria-hidden': 'true' }), h('span', {}, t('heat_public')));
}

let open = false;

function more() {
    const shown = state.heat.tier ? [] : [
        choice('kernel', t('heat_kernel'), HEAT_KERNELS, (value) => t(`kernel_${value}`)),
        choice('behaviour', t('heat_behaviour'), ['', ...HEAT_BEHAVIOURS], (value) => (value ? t(`behaviour_${value}`) : t('heat_all'))),
        h('div', { class: 'field years' }, yearField('from'), yearField('to')),
    ];
    return h('details', { id: 'heat-more', open, ontoggle: (event) => { open = event.target.open; } },
        h('summary', {}, t('heat_more')), shown, publicSwitch(), h('p', { class: 'hint' }, t('heat_public_hint')));
}

// Files of what is shown: the view's extent when the link is followed.
function download(id, label, path, query) {
    const link = h('a', { class: 'btn', id, href: '#', download: '' }, label);
    link.addEventListener('click', () => { link.href = url(path, { ...heatQuery(), ...query() }); });
    return link;
}

function box() {
    const { lon, lat, zoom } = state.view;
    const half = 360 / 2 ** zoom * Math.max(1, innerWidth / 512) / 2;
    const clamp = (value, low, high) => Math.min(Math.max(value, low), high).toFixed(4);
    return [clamp(lon - half, 114, 123.5), clamp(lat - half, 10, 27), clamp(lon + half, 114, 123.5), clamp(lat + half, 10, 27)].join(',');
}

function controls() {
    const { tier } = state.heat, { cas } = state;
    const by = choice('by', t('heat_by'), HEAT_BY, (value) => t(value === 'quantity' && tier && !cas ? 'heat_quantity_public' : `heat_${value}`),
        heatBy(), (value) => heatOffers(value, { tier, cas }));
    return [by, !state.heat.tier && radiusField(), more()].filter(Boolean);
}

// Drawn anew only where the controls themselves change: a slider must not be replaced under the finger that moves it.
export function heatControls(box) {
    let drawn = '';
    const draw = () => {
        const { by, tier, kernel, behaviour, radius } = state.heat;
        const held = document.activeElement?.id === 'heat-radius';
        const key = JSON.stringify([state.layers.heat, state.lang, Boolean(state.cas), by, tier, kernel, behaviour, held || radius]);
        if (key === drawn) return;
        drawn = key;
        redraw(box, state.layers.heat && controls());
    };
    on(['layers', 'heat', 'cas', 'lang'], draw);
    draw();
}

export function heatDownloads() {
    const compare = h('a', { class: 'btn', id: 'heat-compare', href: 'heat.html' }, icon('layers'), t('heat_compare'));
    compare.addEventListener('click', () => { compare.href = heatCompareHref(deskHash()); });
    return h('div', { class: 'buttons' }, compare,
        download('heat-tif', t('heat_tif'), 'api/v1/heat.tif', () => ({ bbox: box(), crs: 'EPSG:3826' })),
        download('heat-contours', t('heat_contours'), 'api/v1/heat/contours', () => ({ bbox: box(), format: 'geojson' })));
}
