// What can be taken along: rasters and bands of each side, and rasters of the comparison, of all Taiwan or of what the maps show.
import { url } from './api.mjs';
import { h, icon, redraw } from './dom.mjs';
import { lacking, pairQuery, pairText } from './heat_pair.mjs';
import { t } from './i18n.mjs';
import { on, set, state } from './store.mjs';

const SYSTEMS = ['EPSG:3826', 'EPSG:3825', 'EPSG:4326', 'EPSG:3857'];
const VALUES = ['difference', 'ratio', 'shares'];
const WEST = 114, SOUTH = 10, EAST = 123.5, NORTH = 27;

// The box of a map of half the page's width around the centre, degrees.
function viewBox() {
    const { lon, lat, zoom } = state.view;
    const map = document.querySelector('.heat-map'), degrees = 360 / 2 ** zoom / 512;
    const half = (size) => (size || 512) * degrees / 2;
    const [x, y] = [half(map?.clientWidth), half(map?.clientHeight) * Math.cos(lat * Math.PI / 180)];
    const clamp = (value, low, high) => Math.min(Math.max(value, low), high).toFixed(5);
    return [clamp(lon - x, WEST, EAST), clamp(lat - y, SOUTH, NORTH), clamp(lon + x, WEST, EAST), clamp(lat + y, SOUTH, NORTH)].join(',');
}

const extra = () => ({ bbox: state.extent === 'view' ? viewBox() : null, crs: state.crs, pixel: state.pixel });

function links(side) {
    const query = pairQuery(state[`heat${side}`]), { bbox, crs } = extra();
    return [['tif', 'GeoTIFF', url('api/v1/heat.tif', { ...query, ...extra() })],
        ['geojson', t('contours_as', { format: 'GeoJSON' }), url('api/v1/heat/contours', { ...query, bbox, format: 'geojson' })],
        ['gpkg', t('contours_as', { format: 'GeoPackage' }), url('api/v1/heat/contours', { ...query, bbox, format: 'gpkg', crs })]];
}

function row(title, id, files, ready) {
    return h('div', { class: 'file-row' }, h('h3', {}, title), ready ? h('div', { class: 'buttons' }, files.map(([name, text, href]) =>
        h('a', { class: 'btn', id: `${id}-${name}`, download: true, href }, icon('save'), text))) : h('p', { class: 'hint' }, t('heat_wants_substance')));
}

export function heatFilesStart(box) {
    const select = (name, label, values, text) => h('div', { class: 'field' }, h('label', { for: `files-${name}` }, label),
        h('select', { id: `files-${name}`, onchange: (event) => set({ [name]: event.target.value }) },
            values.map((value) => h('option', { value, selected: state[name] === value }, text(value)))));
    const draw = () => {
        const ready = { A: !lacking(state.heatA), B: !lacking(state.heatB) };
        const both = VALUES.map((value) => [value, t(`compare_${value}`), url('api/v1/heat/compare', { a: pairText(state.heatA), b: pairText(state.heatB), format: 'tif', value, ...extra() })]);
        redraw(box, h('h2', {}, t('heat_files')), h('div', { class: 'list-filters' },
            select('extent', t('files_extent'), ['all', 'view'], (value) => t(`extent_${value}`)), select('crs', t('files_crs'), SYSTEMS, (value) => value),
            h('div', { class: 'field' }, h('label', { for: 'files-pixel' }, t('files_pixel')), h('input', { type: 'number', class: 'text', id: 'files-pixel', min: 1, max: 100000, step: 'any',
                inputmode: 'decimal', placeholder: t('files_pixel_auto'), value: state.pixel, onchange: (event) => set({ pixel: Number(event.target.value) > 0 ? event.target.value : '' }) }))),
        ...['A', 'B'].map((side) => row(t('heat_side', { side }), side.toLowerCase(), links(side), ready[side])),
        row(t('heat_difference'), 'both', both, ready.A && ready.B), h('p', { class: 'hint' }, t('heat_difference_hint')));
    };
    on(['heatA', 'heatB', 'extent', 'crs', 'pixel', 'view', 'lang'], draw);
    draw();
}
