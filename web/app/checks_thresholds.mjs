// Regulated quantities (管制量): which facilities must report, each with its arithmetic; and quantities tried by hand.
import { explain } from './api.mjs';
import { handCheck } from './checks_hand.mjs';
import { h, redraw } from './dom.mjs';
import { count } from './format.mjs';
import { pick, t } from './i18n.mjs';
import { countyChoices, loadCounties, placeName } from './place_names.mjs';
import { facilityLink, servedList } from './served_list.mjs';

const PATH = 'api/v1/thresholds/facilities';
const ANSWERS = ['report', 'undecided', 'below', 'not_listed', 'all'];
let wish = { answer: 'report', compare: 'gt', county: '' };
let fault = '';

export function answerBadge(answer) {
    return h('span', { class: `verdict ${answer}` }, t(`answer_${answer}`));
}

function exactNumber(number) {
    if (!number) return t('no_data');
    return h('span', { title: number.fraction }, number.exact ? number.decimal : `≈ ${number.decimal}`);
}

function itemLine(item) {
    const amount = item.amount ? `${item.amount.exact ? '' : '≈ '}${item.amount.decimal}` : '?';
    return h('li', { class: item.reached ? 'reached' : null }, h('b', {}, `${item.item_zh}`), ` ${amount} / ${item.threshold ?? '?'} ${item.unit}`,
        h('span', { class: 'faint block' }, [item.item_en, item.source, item.from && t('from_to', { start: item.from, end: item.to })].filter(Boolean).join(' · ')));
}

function flags(row, words) {
    const names = new Set([...row.flags, ...row.items.flatMap((item) => item.flags)]);
    return [...names].map((name) => h('span', { class: 'flag' }, words[name] ? pick(words[name]) : name));
}

function columns(answer) {
    return [
        { head: t('layer_facilities'), cell: (row) => [facilityLink(row.id, row.name), h('span', { class: 'faint block' }, placeName(row.county))] },
        { head: t('checks_answer'), cell: (row) => [answerBadge(row.answer), h('span', { class: 'flags' }, flags(row, answer.flag_words))] },
        { head: t('checks_index'), num: true, cell: (row) => exactNumber(row.index) },
        { head: t('checks_arithmetic'), cell: (row) => [h('code', { class: 'sum' }, row.arithmetic), h('details', {}, h('summary', {}, t('checks_items', { n: count(row.items.length) })),
            h('ul', { class: 'plain' }, row.items.map(itemLine)))] },
    ];
}

function figures({ counts }) {
    return h('dl', { class: 'figures' }, ['report', 'undecided', 'below', 'not_listed'].map((answer) => h('div', { class: 'figure', id: `figure-${answer}` },
        h('dt', {}, t(`answer_${answer}`)), h('dd', {}, h('strong', {}, count(counts[answer]))))),
    h('div', { class: 'figure' }, h('dt', {}, t('checks_not_listed')), h('dd', {}, h('strong', {}, count(counts.substances_not_listed)))));
}

export function thresholdsStart(keep) {
    const form = h('div', { class: 'list-filters' }), heading = h('h2'), hand = handCheck();
    const list = servedList({
        id: 'thresholds', path: PATH, formats: ['csv', 'xlsx', 'geojson'], rows: (answer) => answer.facilities, columns, title: () => t('checks_thresholds'),
        query: () => wish,
        head: (answer) => [figures(answer), h('p', { class: 'hint' }, pick(answer.definition)),
            h('p', { class: 'faint' }, [answer.rule_set, answer.edition, t('checks_atlas', { n: count(answer.atlas) })].filter(Boolean).join(' · '))],
    });
    const change = (patch) => {
        wish = { ...wish, ...patch };
        keep({ ...wish, answer: wish.answer === 'report' ? '' : wish.answer, compare: wish.compare === 'gt' ? '' : wish.compare });
        list.load();
    };
    const select = (name, label, options) => h('div', { class: 'field' }, h('label', { for: `check-${name}` }, label),
        h('select', { id: `check-${name}`, onchange: (event) => change({ [name]: event.target.value }) },
            options.map(([value, text]) => h('option', { value, selected: wish[name] === value }, text))));
    const words = () => {
        heading.textContent = t('checks_thresholds');
        redraw(form, select('answer', t('checks_answer'), ANSWERS.map((name) => [name, t(`answer_${name}`)])),
            select('compare', t('checks_compare'), [['gt', t('compare_gt')], ['ge', t('compare_ge')]]),
            select('county', t('filter_county'), [['', t('answer_all')], ...countyChoices()]),
            fault && h('p', { class: 'notice error', role: 'alert' }, fault));
        list.draw();
        hand.words();
    };
    return {
        box: h('div', { class: 'stack' }, h('section', { class: 'sheet' }, heading, form, list.box), hand.box),
        words,
        show(kept) {
            wish = { answer: ANSWERS.includes(kept.answer) ? kept.answer : 'report', compare: kept.compare === 'ge' ? 'ge' : 'gt', county: kept.county ?? '' };
            words();
            loadCounties().then(() => '', explain).then((text) => {
                fault = text;
                words();
            });
            list.load();
        },
    };
}
