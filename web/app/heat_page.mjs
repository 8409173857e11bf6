// The analyst's page of two heat maps: choices, maps that move together, figures, tables by area, files; and the report's question.
import { deskHash, deskStart } from './desk.mjs';
import { byId, h, icon, redraw } from './dom.mjs';
import { heatComparedStart } from './heat_compared.mjs';
import { heatFilesStart } from './heat_files.mjs';
import { heatForm } from './heat_form.mjs';
import { heatMapsStart } from './heat_maps.mjs';
import { coincide, pairQuery } from './heat_pair.mjs';
import { heatPlaceStart } from './heat_place.mjs';
import { heatViewStart } from './heat_view.mjs';
import { t } from './i18n.mjs';
import { on, set, state } from './store.mjs';
import { substancesField } from './substances_field.mjs';

// The report's question about one substance, with one button.
function presetStart(box) {
    let cas = [], lack = false;
    const draw = () => {
        if (!cas.length) cas = (state.heatA.cas.length ? state.heatA.cas : state.heatB.cas).slice(0, 1);
        redraw(box, h('h2', {}, t('coincide_title')), h('p', { class: 'hint' }, t('coincide_hint')), h('div', { class: 'preset' },
            substancesField({ id: 'preset-cas', label: t('substance'), values: cas, change: (values) => {
                cas = values;
                lack = false;
                draw();
            }, named: draw }),
            h('button', { type: 'button', class: 'btn main', id: 'preset', onclick: () => {
                lack = !cas.length;
                draw();
                if (lack) {
                    byId('preset-cas').focus();
                    return;
                }
                const { a, b, zones } = coincide(cas[0], state.heatA.unit);
                set({ heatA: a, heatB: b, zones, zoneSide: 'both' });
                byId('heat-compared').scrollIntoView({ block: 'start' });
            } }, t('coincide_do'))), lack && h('p', { class: 'notice error', role: 'alert' }, t('heat_wants_substance')));
    };
    on(['lang'], draw);
    on(['heatA', 'heatB'], () => { if (!cas.length) draw(); });
    draw();
}

// One side on the map page; that knows one substance.
function mapHref(choice) {
    const { lon, lat, zoom } = state.view, query = pairQuery({ ...choice, cas: choice.cas.slice(0, 1) });
    return `./${deskHash()}&map=${zoom.toFixed(2)}/${lat.toFixed(5)}/${lon.toFixed(5)}&layers=heat,names&${new URLSearchParams(query)}`;
}

function mapLink(box, side) {
    const draw = () => box.replaceChildren(h('a', { class: 'btn', id: `${side.toLowerCase()}-to-map`, href: mapHref(state[`heat${side}`]) }, icon('layers'), t('heat_on_map')));
    on([`heat${side}`, 'view', 'lang', 'theme'], draw);
    draw();
}

heatViewStart();
deskStart('heat');
presetStart(byId('heat-preset'));
for (const side of ['A', 'B']) {
    heatForm(byId(`form-${side.toLowerCase()}`), side);
    mapLink(byId(`link-${side.toLowerCase()}`), side);
}
heatPlaceStart(byId('heat-place'));
heatComparedStart(byId('heat-compared'));
heatFilesStart(byId('heat-files'));
const box = (side) => ({ map: byId(`map-${side}`), legend: byId(`legend-of-${side}`) });
const maps = await heatMapsStart({ A: box('a'), B: box('b') });

// For tests and for people who look: read only.
Object.defineProperty(window, 'hazatlas', { value: Object.freeze({ maps, get state() { return JSON.parse(JSON.stringify(state)); } }) });
