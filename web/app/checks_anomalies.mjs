// Reported quantities out of the ordinary (數量異常): both opinions of each, its limits, its series, and the whitelist.
import { explain } from './api.mjs';
import { allowCell } from './checks_allow.mjs';
import { h, redraw } from './dom.mjs';
import { count, num } from './format.mjs';
import { nameOf, pick, t } from './i18n.mjs';
import { countyChoices, loadCounties, placeName } from './place_names.mjs';
import { facilityLink, servedList } from './served_list.mjs';
import { spark } from './spark.mjs';
import { substancesField } from './substances_field.mjs';

const CHOICES = { method: ['mean', 'median', 'either', 'both'], direction: ['all', 'high', 'low'], allowed: ['hide', 'show', 'only'], latest: ['no', 'yes'] };
const CAS = /^\d{2,7}-\d\d-\d$/;
let wish = {}, fault = '';

// What is as by default is left out of the address and of the request.
function wished() {
    const chosen = Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, wish[name] === values[0] ? '' : wish[name]]));
    return { ...chosen, county: wish.county, cas: wish.cas };
}

function query() {
    const { direction, ...rest } = wished();
    return { ...rest, kind: direction };
}

function who(row) {
    return [facilityLink(row.id, row.name), h('span', { class: 'faint block' }, [nameOf(row.substance), row.substance.cas].filter(Boolean).join(' ')),
        h('span', { class: 'faint block' }, [pick(row.behaviour), placeName(row.county), row.source].filter(Boolean).join(' · '))];
}

const amount = (row, value) => `${num(value, 6)} ${row.unit ?? ''}`;

function judged(row) {
    return [h('strong', { class: `kind-mark ${row.kind}` }, row.kind === 'high' ? '▲ ' : '▼ ', t(`kind_${row.kind}`)), h('span', { class: 'block figure-now' }, amount(row, row.value.quantity)),
        h('span', { class: 'faint block dates' }, t('from_to', { start: row.value.from, end: row.value.to })),
        row.latest && h('span', { class: 'block' }, h('span', { class: 'flag' }, t('anomaly_latest')))];
}

// One opinion in a line: whether it calls the value out of the ordinary, and its figures.
function opinion(row, name, centre, spread) {
    const o = row[name], calls = o.kind !== 'none';
    return h('div', { class: `opinion ${calls ? 'calls' : ''}` }, h('dt', {}, t(`opinion_${name}`), ' ', h('b', {}, calls ? t(`kind_${o.kind}`) : t('opinion_no'))),
        h('dd', {}, t(`opinion_${name}_figures`, { centre: num(o[centre], 5), spread: num(o[spread], 4) }), h('span', { class: 'block' },
            t('opinion_limits', { low: num(o.low, 5), high: num(o.high, 5), unit: row.unit ?? '' }))));
}

function opinions(row) {
    return h('dl', { class: 'opinions' }, opinion(row, 'mean', 'mean', 's'), opinion(row, 'median', 'median', 'spread'));
}

function series(row) {
    const by = row.mean.kind === 'none' ? 'median' : 'mean';
    const { low, high } = row[by], quantities = row.before.map((item) => item.quantity);
    return [spark({ before: row.before, value: row.value, low, high, centre: row[by][by],
        label: t('series_label', { n: count(row.n), least: num(Math.min(...quantities), 5), most: num(Math.max(...quantities), 5), now: num(row.value.quantity, 5), unit: row.unit ?? '' }) }),
    h('details', {}, h('summary', {}, t('series_before', { n: count(row.n) })), h('ul', { class: 'plain' },
        row.before.map((item) => h('li', {}, `${t('from_to', { start: item.from, end: item.to })}${t('colon')}${amount(row, item.quantity)}`))))];
}

function columns(reload) {
    return [
        { head: t('layer_facilities'), cell: who },
        { head: t('anomaly_value'), cell: judged },
        { head: t('anomaly_called'), cell: (row) => [h('span', { class: 'verdict called' }, t(`called_${row.called_by}`)), opinions(row)] },
        { head: t('anomaly_excess'), num: true, cell: (row) => amount(row, row.excess) },
        { head: t('anomaly_series'), cell: series },
        { head: t('allow'), cell: (row) => allowCell(row, reload) },
    ];
}

const FIGURES = ['both', 'mean_alone', 'median_alone', 'allowed', 'judged', 'too_few_before'];

function figures({ counts }) {
    return h('dl', { class: 'figures' }, FIGURES.map((name) => h('div', { class: 'figure', id: `figure-${name}` },
        h('dt', {}, t(`anomaly_${name}`)), h('dd', {}, h('strong', {}, count(counts[name]))))));
}

export function anomaliesStart(keep) {
    const form = h('div', { class: 'list-filters' }), heading = h('h2');
    const list = servedList({
        id: 'anomalies', path: 'api/v1/anomalies', formats: ['csv', 'xlsx', 'geojson'], rows: (answer) => answer.anomalies,
        columns: () => columns(() => list.load()), title: () => t('checks_anomalies'), query, more: { window: 'yes' },
        head: (answer) => [figures(answer), h('p', { class: 'hint' }, pick(answer.definition)), answer.hidden > 0 && h('p', { class: 'notice' }, t('anomaly_hidden', { n: count(answer.hidden) })),
            h('p', { class: 'faint' }, t('checks_atlas', { n: count(answer.atlas) }))],
    });
    const change = (patch) => {
        wish = { ...wish, ...patch };
        keep(wished());
        draw();
        list.load();
    };
    const select = (name, options) => h('div', { class: 'field' }, h('label', { for: `anomaly-${name}` }, t(name === 'county' ? 'filter_county' : `anomaly_by_${name}`)),
        h('select', { id: `anomaly-${name}`, onchange: (event) => change({ [name]: event.target.value }) },
            options.map(([value, text]) => h('option', { value, selected: wish[name] === value }, text))));
    const draw = () => {
        redraw(form, Object.entries(CHOICES).map(([name, values]) => select(name, values.map((value) => [value, t(`anomaly_${name}_${value}`)]))),
            select('county', [['', t('answer_all')], ...countyChoices()]),
            substancesField({ id: 'anomaly-cas', label: t('substance'), values: wish.cas ? [wish.cas] : [], change: ([cas]) => change({ cas: cas ?? '' }), named: draw }),
            fault && h('p', { class: 'notice error', role: 'alert' }, fault));
    };
    const words = () => {
        heading.textContent = t('checks_anomalies');
        draw();
        list.draw();
    };
    return {
        box: h('section', { class: 'sheet' }, heading, form, list.box),
        words,
        show(kept) {
            wish = { ...Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, values.includes(kept[name]) ? kept[name] : values[0]])),
                county: kept.county ?? '', cas: CAS.test(kept.cas ?? '') ? kept.cas : '' };
            words();
            loadCounties().then(() => '', explain).then((text) => {
                fault = text;
                words();
            });
            list.load();
        },
    };
}
