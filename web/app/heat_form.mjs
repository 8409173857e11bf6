// The choice of one of the two heat maps: what is summed, over which radius and kernel, of which substances, behaviour, county and years.
import { h, redraw } from './dom.mjs';
import { metres } from './format.mjs';
import { HEAT_BEHAVIOURS, HEAT_BY, HEAT_KERNELS, PUBLIC_BY, YEAR } from './heat_choice.mjs';
import { heatTitle } from './heat_here.mjs';
import { applies, lacking, pairChoice, substancesMost, UNITS } from './heat_pair.mjs';
import { t } from './i18n.mjs';
import { loadCounties, placeName, places } from './place_names.mjs';
import { on, set, state } from './store.mjs';
import { substancesField } from './substances_field.mjs';

const RADII = [500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 7500, 10000, 15000, 20000];

const counties = loadCounties().catch(() => {});     // codes stand for themselves then

// side: 'A' or 'B'.
export function heatForm(box, side) {
    const key = `heat${side}`;
    const id = (name) => `${side.toLowerCase()}-${name}`;
    const change = (patch) => set({ [key]: { ...state[key], ...patch } });
    const select = (name, label, values, text, now = state[key][name]) => h('div', { class: 'field' }, h('label', { for: id(name) }, label),
        h('select', { id: id(name), onchange: (event) => change({ [name]: name === 'radius' ? Number(event.target.value) : event.target.value }) },
            values.map((value) => h('option', { value, selected: value === now }, text(value)))));
    const year = (name) => h('div', { class: 'field' }, h('label', { for: id(name) }, t(`heat_${name}`)), h('input', { type: 'number', class: 'text', id: id(name), min: 1900, max: 2199,
        step: 1, inputmode: 'numeric', value: state[key][name], onchange: (event) => change({ [name]: YEAR.test(event.target.value) ? event.target.value : '' }) }));
    const publicSwitch = () => h('label', { class: 'switch' }, h('input', { type: 'checkbox', role: 'switch', id: id('tier'), checked: Boolean(state[key].tier),
        onchange: (event) => set({ [key]: event.target.checked ? pairChoice({ tier: 'public', cas: state[key].cas.slice(0, 1), by: PUBLIC_BY.includes(state[key].by) ? state[key].by : 'count' })
            : { ...state[key], tier: '' } }) }), h('span', { class: 'knob', 'aria-hidden': 'true' }), h('span', {}, t('heat_public')));

    function fields() {
        const now = state[key], radii = [...new Set([...RADII, now.radius])].sort((a, b) => a - b);
        const codes = [...new Set(['', ...places.counties.map((item) => item.code), now.county])];
        return [
            select('by', t('heat_by'), now.tier ? PUBLIC_BY : HEAT_BY, heatTitle),
            applies(now, 'radius') && select('radius', t('heat_radius'), radii, metres),
            applies(now, 'kernel') && select('kernel', t('heat_kernel'), HEAT_KERNELS, (value) => t(`kernel_${value}`)),
            applies(now, 'behaviour') && select('behaviour', t('heat_behaviour'), ['', ...HEAT_BEHAVIOURS], (value) => (value ? t(`behaviour_${value}`) : t('heat_all'))),
            applies(now, 'unit') && select('unit', t('heat_unit'), ['', ...UNITS], (value) => value || t('heat_unit_most')),
            applies(now, 'county') && select('county', t('filter_county'), codes, (value) => (value ? placeName(value) : t('all_taiwan'))),
            applies(now, 'from') && [year('from'), year('to')],
            substancesField({ id: id('cas'), label: substancesMost(now) > 1 ? t('heat_substances') : t('substance'), values: now.cas, most: substancesMost(now),
                change: (cas) => change({ cas }), named: draw }),
            publicSwitch(),
        ];
    }

    function draw() {
        const lack = lacking(state[key]);
        redraw(box, h('h2', {}, t('heat_side', { side })), h('div', { class: 'list-filters' }, fields()),
            lack && h('p', { class: 'notice', id: id('lack') }, t(lack)));
    }
    on([key, 'lang'], draw);
    counties.then(draw);
    draw();
}
