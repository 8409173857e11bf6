// What the server says of the two maps: overlap, correlations, areas, tables by area, and sampling sites beside the other map's value.
import { ask } from './api.mjs';
import { h, icon, redraw, say } from './dom.mjs';
import { count, lonLat, num } from './format.mjs';
import { lacking, pairQuery, pairText, ZONES } from './heat_pair.mjs';
import { zonesOfBoth, zonesOfOne } from './heat_zones.mjs';
import { pick, t } from './i18n.mjs';
import { calm, newest } from './newest.mjs';
import { errorBox, loading } from './parts.mjs';
import { on, set, state } from './store.mjs';
import { dataTable, percent } from './table.mjs';

const CALM_MS = 200, SITES_FIRST = 20;
const SIDES = ['both', 'a', 'b'];

const plain = (value) => (value === null || value === undefined ? t('no_data') : num(value, 3));
const FIGURES = [['overlap', (value) => (value === null ? t('no_data') : percent(value))], ['spearman', plain], ['pearson', plain],
    ['both_km2', plain], ['only_a_km2', plain], ['only_b_km2', plain]];

function empty(answer) {
    return ['a', 'b'].filter((side) => !answer[side].points).map((side) => h('p', { class: 'notice', id: `empty-${side}` }, icon('info'), h('span', {}, t('heat_empty', { side: side.toUpperCase() }))));
}

function figures(answer) {
    return h('dl', { class: 'figures' }, FIGURES.map(([name, write]) => h('div', { class: 'figure', id: `figure-${name}` },
        h('dt', {}, t(`compared_${name}`)), h('dd', {}, h('strong', {}, write(answer[name]))))));
}

let allSites = false;

function sites(answer, redraw) {
    if (!answer.sites) return null;
    const rows = [...answer.sites].sort((x, y) => y.measured_mean - x.measured_mean), shown = allSites ? rows : rows.slice(0, SITES_FIRST);
    const unit = pick(answer.a.unit);
    return h('section', { class: 'sites' }, h('h3', {}, t('heat_sites')), answer.sites_spearman !== null && h('p', { id: 'sites-spearman' }, t('sites_spearman', { n: count(answer.sites_count), r: num(answer.sites_spearman, 3) })),
        dataTable('sites-table', t('heat_sites'), [
            { head: t('site'), cell: (row) => h('button', { type: 'button', class: 'btn', onclick: () => set({ at: { lon: row.lon, lat: row.lat } }) }, lonLat(row.lon, row.lat)) },
            { head: t('site_samples'), num: true, cell: (row) => count(row.samples) }, { head: [t('site_mean'), h('small', { class: 'block' }, unit)], num: true, cell: (row) => num(row.measured_mean, 4) },
            { head: [t('site_max'), h('small', { class: 'block' }, unit)], num: true, cell: (row) => num(row.measured_max, 4) },
            { head: [t('site_b'), h('small', { class: 'block' }, pick(answer.b.unit))], num: true, cell: (row) => num(row.b, 4) }], shown),
        rows.length > shown.length && h('button', { type: 'button', class: 'btn', id: 'sites-all', onclick: () => {
            allSites = true;
            redraw();
        } }, t('sites_rest', { n: count(rows.length - shown.length) })),
        answer.sites_left_out > 0 && h('p', { class: 'faint' }, t('sites_left_out', { n: count(answer.sites_left_out) })));
}

function choices() {
    const radio = (name, values, text) => h('fieldset', { class: 'choices' }, h('legend', {}, t(`choose_${name}`)), values.map((value) => h('label', { class: 'choice' },
        h('input', { type: 'radio', name, value, id: `${name}-${value}`, checked: state[name] === value, onchange: () => set({ [name]: value }) }), h('span', {}, text(value)))));
    return h('div', { class: 'zone-choices' }, radio('zones', ZONES, (value) => t(`zones_${value}`)),
        radio('zoneSide', SIDES, (value) => (value === 'both' ? t('side_both') : t('heat_side', { side: value.toUpperCase() }))));
}

export function heatComparedStart(box) {
    let answer = null, sums = null, fault = null;
    const lack = () => lacking(state.heatA) || lacking(state.heatB);

    function body() {
        if (fault) return errorBox(fault, load);
        if (lack()) return h('p', { class: 'notice' }, t(lack()));
        if (!answer) return loading();
        return [empty(answer), figures(answer), h('p', { class: 'hint' }, t('compared_hint')),
            (answer.notes ?? []).map((note) => h('p', { class: 'notice compared-note' }, icon('info'), h('span', {}, pick(note)))), h('h3', {}, t('heat_zones')), choices(),
            sums ? zonesOfOne(sums, draw) : zonesOfBoth(answer, draw), sites(answer, draw)];
    }

    function draw() {
        redraw(box, h('h2', {}, t('heat_compared')), body());
    }

    const load = newest(async () => {
        if (lack()) answer = sums = fault = null;
        else {
            try {
                const { heatA, heatB, zones, zoneSide } = state;
                [answer, sums] = await Promise.all([ask('api/v1/heat/compare', { query: { a: pairText(heatA), b: pairText(heatB), zones }, fresh: true }),
                    zoneSide === 'both' ? null : ask('api/v1/heat/zonal', { query: { ...pairQuery(zoneSide === 'a' ? heatA : heatB), zones }, fresh: true })]);
                fault = null;
                say(t('compared_done'));
            } catch (error) {
                [answer, sums, fault] = [null, null, error];
            }
        }
        draw();
    });
    on(['heatA', 'heatB', 'zones', 'zoneSide'], calm(load, CALM_MS));
    on(['lang'], draw);
    draw();
    load();
}
