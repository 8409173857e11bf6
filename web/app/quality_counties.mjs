// The figures of each county, in the order of any column.
import { h, say } from './dom.mjs';
import { lang, ownName, t } from './i18n.mjs';
import { dataTable, number, shareCell } from './table.mjs';

const sort = { by: 'missing', down: true };
const SUMS = ['facilities', 'missing', 'doubtful', 'holdings', 'holdings_unlinked'];

function nameOf(county) {
    if (county.total) return t('quality_total');
    if (!county.code) return t('quality_no_county');
    return ownName(county) ?? county.code;
}

// What is not known stands last in either direction, those without a county last of all.
function compare(a, b) {
    if (!a.code !== !b.code) return a.code ? -1 : 1;
    if (sort.by === 'name') return nameOf(a).localeCompare(nameOf(b), lang() === 'zh' ? 'zh-Hant-TW' : 'en') * (sort.down ? -1 : 1);
    const [x, y] = [a[sort.by], b[sort.by]];
    if ((x === null) !== (y === null)) return x === null ? 1 : -1;
    return (x - y) * (sort.down ? -1 : 1) || (a.code < b.code ? -1 : 1);
}

function totalOf(counties) {
    const total = Object.fromEntries(SUMS.map((name) => [name, counties.reduce((sum, county) => sum + county[name], 0)]));
    return { ...total, total: true, missing_share: total.facilities ? total.missing / total.facilities : null };
}

export function countiesView(answer) {
    const box = h('div');
    const draw = () => {
        const columns = [{ head: t('county'), key: 'name', cell: nameOf }, number('facilities', t('layer_facilities'), 'facilities'),
            number('missing', t('quality_missing'), 'missing'), { head: t('legend_missing_positions'), key: 'missing_share', num: true, cell: (item) => shareCell(item.missing_share) },
            number('doubtful', t('quality_doubtful'), 'doubtful'), number('holdings', t('quality_holdings_rows'), 'holdings'),
            number('holdings_unlinked', t('quality_unlinked'), 'holdings_unlinked')];
        const take = (key) => {
            sort.down = sort.by === key ? !sort.down : key !== 'name';
            sort.by = key;
            draw();
            box.querySelector(`[data-sort="${key}"]`).focus();
            say(t(`quality_sorted_${sort.down ? 'down' : 'up'}`, { name: columns.find((column) => column.key === key).head }));
        };
        box.replaceChildren(dataTable('counties-table', t('quality_counties'), columns, [...answer.counties].sort(compare),
            { sort: { ...sort, take }, total: totalOf(answer.counties) }));
    };
    draw();
    return h('section', { class: 'sheet', id: 'counties' }, h('h2', {}, t('quality_counties')),
        answer.counties.length ? [h('p', { class: 'hint' }, t('quality_sort_hint')), box] : h('p', {}, t('quality_no_counties')));
}
