// Tables of heat by county, township or basin: one side's sums, or both beside each other.
import { h } from './dom.mjs';
import { count, num } from './format.mjs';
import { lang, ownName, pick, t } from './i18n.mjs';
import { set } from './store.mjs';
import { dataTable, percent } from './table.mjs';

const PLACE_ZOOM = 11;
let sort = { by: '', down: true };
const isMean = ({ key }) => key === 'mean' || key === 'a-mean';       // what tables are sorted by at first

const zoneName = (zone) => ownName(zone) ?? zone.code;
const figure = (value) => (value === null || value === undefined ? '–' : num(value, 4));
const withUnit = (title, unit) => [title, unit && h('small', { class: 'block' }, unit)];

function sorted(rows, columns) {
    const column = columns.find((item) => item.key === sort.by) ?? columns.find(isMean);
    const sign = sort.down ? -1 : 1;
    return [...rows].sort((x, y) => {
        const [a, b] = [column.read(x) ?? null, column.read(y) ?? null];
        if ((a === null) !== (b === null)) return a === null ? 1 : -1;
        if (typeof a === 'string') return a.localeCompare(b, lang() === 'zh' ? 'zh-Hant-TW' : 'en') * sign;
        return (a - b) * sign || (x.code < y.code ? -1 : 1);
    });
}

function view(rows, columns, redraw) {
    const by = columns.some((item) => item.key === sort.by) ? sort.by : columns.find(isMean).key;
    const take = (key) => {
        sort = { by: key, down: by === key ? !sort.down : key !== 'name' };
        redraw();
        document.querySelector(`#zones-table [data-sort="${key}"]`)?.focus();
    };
    return dataTable('zones-table', t('heat_zones'), columns, sorted(rows, columns), { sort: { by, down: sort.down, take } });
}

const NAME = { key: 'name', read: zoneName, cell: zoneName };
const numbers = (key, head, read, write = figure) => ({ key, head, num: true, read, cell: (row) => write(read(row)) });

// Columns of one side of a comparison. A mean of samples has no sum and no share.
function sideColumns(side, about) {
    const key = side.toLowerCase(), unit = pick(about.unit), mean = about.by === 'concentration';
    return [numbers(`${key}-mean`, withUnit(`${side} ${t('zone_mean')}`, unit), (row) => row[key].mean), numbers(`${key}-max`, withUnit(`${side} ${t('zone_max')}`, unit), (row) => row[key].max),
        mean ? numbers(`${key}-covered`, withUnit(`${side} ${t('zone_covered')}`, 'km²'), (row) => row[key].covered_km2)
            : numbers(`${key}-share`, `${side} ${t('zone_share')}`, (row) => row[key].share, (value) => (value === null || value === undefined ? '–' : percent(value)))];
}

const hasAny = (side) => side.max > 0 || side.integral > 0 || side.covered_km2 > 0;

function leftOut(all, rows) {
    return all.length > rows.length && h('p', { class: 'faint' }, t('zones_left_out', { n: count(all.length - rows.length) }));
}

export function zonesOfBoth(answer, redraw) {
    const rows = answer.zones.filter((zone) => hasAny(zone.a) || hasAny(zone.b));
    const columns = [{ ...NAME, head: t('region') }, ...sideColumns('A', answer.a), ...sideColumns('B', answer.b)];
    return [rows.length > 0 && answer.zones_spearman !== null && h('p', { id: 'zones-spearman' }, t('zones_spearman', { r: num(answer.zones_spearman, 3) })),
        rows.length ? view(rows, columns, redraw) : h('p', { class: 'notice' }, answer.zones.length ? t('zones_nothing') : t(`zones_none_${answer.zones_by}`)), leftOut(answer.zones, rows)];
}

function mostCell(zone) {
    if (zone.max_lon === null || zone.max_lon === undefined) return '–';
    return h('button', { type: 'button', class: 'btn', onclick: () => set({ at: { lon: zone.max_lon, lat: zone.max_lat }, view: { lon: zone.max_lon, lat: zone.max_lat, zoom: PLACE_ZOOM } }) },
        t('zone_show_max'), h('span', { class: 'unseen' }, ` ${zoneName(zone)}`));
}

export function zonesOfOne(answer, redraw) {
    const mean = answer.by === 'concentration', unit = pick(answer.unit);
    const rows = answer.zones.filter(hasAny);
    const columns = [{ ...NAME, head: t('region') }, numbers('area', withUnit(t('zone_area'), 'km²'), (row) => row.area_km2),
        ...(mean ? [numbers('covered', withUnit(t('zone_covered'), 'km²'), (row) => row.covered_km2)]
            : [numbers('integral', t('zone_integral'), (row) => row.integral), numbers('share', t('zone_share'), (row) => row.share, percent)]),
        numbers('mean', withUnit(t('zone_mean'), unit), (row) => row.mean), numbers('max', withUnit(t('zone_max'), unit), (row) => row.max),
        { head: t('zone_where'), cell: mostCell }];
    return [rows.length ? view(rows, columns, redraw) : h('p', { class: 'notice' }, answer.zones.length ? t('zones_nothing') : t(`zones_none_${answer.zones_by}`)), leftOut(answer.zones, rows),
        !mean && answer.zones.length > 0 && h('p', { class: 'hint' }, t('zones_outside', { inside: num(answer.inside, 5), outside: num(Math.max(0, answer.outside), 3) }))];
}
