// The settings of the radar: weights and order of both sets of axes, angle, period of incidents; how much the ranking depends on them.
import { ask, explain } from './api.mjs';
import { h, icon, say } from './dom.mjs';
import { count } from './format.mjs';
import { pick, t } from './i18n.mjs';
import { calm, newest } from './newest.mjs';
import { angleChoice, flatNotice, orderChoice } from './orders.mjs';
import { format } from './permalink.mjs';
import { FACILITY_AXES, radarValue, radarWith, SUBSTANCE_AXES, weightsOf } from './radar_query.mjs';
import { radarSensitivity } from './radar_answer.mjs';
import { on, set, state } from './store.mjs';
import { weightSliders } from './weights.mjs';

const CALM_MS = 250, POINTS = 5, TOP = 100;

const change = (patch) => set({ radar: radarWith(state.radar, patch), after: 0 });
const factors = {};             // key of an axis → what the server calls it
const sliders = {};
let flat = null;
let openMore = false, openSubstances = false;

async function askFactors() {
    const lists = await Promise.allSettled(['facilities', 'substances'].map((of) => ask(`api/v1/radar/${of}`, { query: { limit: 1 } })));
    for (const list of lists) for (const factor of list.value?.factors ?? []) factors[factor.key] = factor.label;
}

function weightsOfAxes(id, keys, parameter) {
    sliders[parameter] = weightSliders(id, keys.map((key) => ({ key, label: pick(factors[key]) })), weightsOf(state.radar, parameter),
        (weights) => change({ [parameter]: weights.join(',') }));
    return sliders[parameter].element;
}

function toggle(parameter, text, hint) {
    return [h('label', { class: 'switch' }, h('input', { type: 'checkbox', role: 'switch', id: `radar-${parameter}`,
        checked: radarValue(state.radar, parameter) === '1', onchange: (event) => change({ [parameter]: event.target.checked ? '1' : '0' }) }),
    h('span', { class: 'knob', 'aria-hidden': 'true' }), h('span', {}, text)), h('p', { class: 'hint' }, hint)];
}

function date(parameter, text) {
    return h('label', { class: 'field' }, h('span', {}, text), h('input', { type: 'date', class: 'text', id: `radar-${parameter}`,
        value: radarValue(state.radar, parameter), onchange: (event) => change({ [parameter]: event.target.value }) }));
}

function more() {
    return h('details', { id: 'radar-more', open: openMore, ontoggle: (event) => { openMore = event.target.open; } }, h('summary', {}, t('radar_more')),
        angleChoice('angle', radarValue(state.radar, 'angle'), (angle) => change({ angle })),
        h('fieldset', { class: 'choices period' }, h('legend', {}, t('incident_period')), date('incidents_from', t('period_from')),
            date('incidents_to', t('period_to')), h('p', { class: 'hint' }, t('incident_period_hint'))),
        toggle('rescale', t('radar_rescale'), t('radar_rescale_hint')), toggle('official', t('radar_official'), t('radar_official_hint')));
}

function substances() {
    return h('details', { id: 'radar-substances', open: openSubstances, ontoggle: (event) => { openSubstances = event.target.open; } },
        h('summary', {}, t('substance_weights')), h('p', { class: 'hint' }, t('substance_weights_hint')),
        weightsOfAxes('substance-weights', SUBSTANCE_AXES, 'substance_weights'),
        orderChoice('substance-order', SUBSTANCE_AXES, radarValue(state.radar, 'substance_order'), (order) => change({ substance_order: order })));
}

// The map with the same settings and filters.
export function mapHref() {
    return `./${format({ ...state, layers: { ...state.layers, facilities: true }, card: null, packet: null, tab: 'layers' })}`;
}

function foot() {
    return h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'btn', id: 'weights-reset', disabled: !Object.keys(state.radar).length,
        onclick: () => {
            document.getElementById('weights-G').focus();
            set({ radar: {}, after: 0 });
            say(t('weights_were_reset'));
        } }, t('weights_reset')), h('a', { class: 'btn', id: 'to-map', href: mapHref() }, icon('layers'), t('weights_on_map')));
}

// Controls follow settings that came from elsewhere (address, reset); the elements stay, else a drag would end with its first step.
function follow(box) {
    for (const parameter of ['weights', 'substance_weights']) sliders[parameter].update(weightsOf(state.radar, parameter));
    flat.follow(state.radar);
    const names = { order: 'order', 'substance-order': 'substance_order', angle: 'angle' };
    for (const input of box.querySelectorAll('[type=radio]')) input.checked = input.value === radarValue(state.radar, names[input.name]);
    for (const input of box.querySelectorAll('[role=switch]')) input.checked = radarValue(state.radar, input.id.slice('radar-'.length)) === '1';
    for (const input of box.querySelectorAll('[type=date]')) {
        if (input !== document.activeElement) input.value = radarValue(state.radar, input.id.slice('radar-'.length));
    }
    box.querySelector('#weights-reset').disabled = !Object.keys(state.radar).length;
    box.querySelector('#to-map').setAttribute('href', mapHref());
}

// "Of the top 100, 87 stay when any weight moves by 5 points."
function sensitivityLine() {
    const line = h('p', { class: 'notice', id: 'sensitivity' }, t('loading'));
    let answer = null, asked = '', fault = '';
    const draw = () => line.replaceChildren(icon(fault ? 'alert' : 'info'), h('span', {}, fault || (answer
        ? [h('strong', {}, t('sensitivity_stay', { top: count(answer.top), stay: count(answer.stay), points: count(answer.points) })), ' ',
            t(`sensitivity_of_${state.of}`)] : t('loading'))));
    const load = newest(async () => {
        const key = JSON.stringify([state.of, state.radar, state.atlas]);
        if (asked === key) return;
        asked = key;
        try {
            answer = await radarSensitivity(state.of, POINTS, TOP);
            fault = '';
        } catch (error) {
            [fault, asked] = [explain(error), ''];
        }
        draw();
    });
    const later = calm(load, CALM_MS);
    on(['radar', 'of', 'atlas'], later);
    load();
    return { line, draw };
}

export function radarSettingsStart(box) {
    const sensitivity = sensitivityLine();
    const draw = () => {
        flat = flatNotice('weights-flat');
        flat.follow(state.radar);
        box.replaceChildren(h('section', { class: 'sheet settings' }, h('h2', {}, t('weights_title')), h('p', { class: 'hint' }, t('radar_formula')),
            weightsOfAxes('weights', FACILITY_AXES, 'weights'), flat.notice,
            orderChoice('order', FACILITY_AXES, radarValue(state.radar, 'order'), (order) => change({ order })),
            sensitivity.line, more(), substances(), foot()));
        sensitivity.draw();
    };
    on(['lang'], draw);
    on(['radar', 'county', 'township', 'industry', 'theme', 'cas', 'minScore'], () => follow(box));
    draw();
    askFactors().then(() => {
        for (const [parameter, keys] of [['weights', FACILITY_AXES], ['substance_weights', SUBSTANCE_AXES]]) sliders[parameter].name(keys.map((key) => pick(factors[key])));
    });
}
