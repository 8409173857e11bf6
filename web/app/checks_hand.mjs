// Quantities entered by hand against the regulated quantities: who must report, and when.
import { ask, explain, isAbort } from './api.mjs';
import { h, icon, redraw, say } from './dom.mjs';
import { pick, t } from './i18n.mjs';
import { signals } from './newest.mjs';

const UNITS = ['kg', 'L', 'g', 'mL', 't', 'm³'];
const ROWS_MAX = 50;

export function handCheck() {
    const box = h('section', { class: 'sheet', id: 'hand' }), next = signals();
    let rows = [{ item: '', quantity: '', unit: 'kg', date: '' }], compare = 'gt', answer = null, fault = '';

    function field(row, at, name, label, props) {
        const id = `hand-${name}-${at}`;
        return h('div', { class: 'field' }, h('label', { for: id }, label), h('input', { id, class: 'text', value: row[name], autocomplete: 'off', ...props,
            oninput: (event) => { row[name] = event.target.value.trim(); } }));
    }

    function line(row, at) {
        const unit = `hand-unit-${at}`;
        return h('div', { class: 'hand-row' }, field(row, at, 'item', t('hand_item'), { type: 'text', maxlength: 200 }),
            field(row, at, 'quantity', t('hand_quantity'), { type: 'text', inputmode: 'decimal', maxlength: 40 }),
            h('div', { class: 'field' }, h('label', { for: unit }, t('hand_unit')), h('select', { id: unit, onchange: (event) => { row.unit = event.target.value; } },
                UNITS.map((name) => h('option', { value: name, selected: row.unit === name }, name)))),
            field(row, at, 'date', t('hand_date'), { type: 'date' }),
            h('button', { type: 'button', class: 'btn square', 'aria-label': t('hand_remove', { n: at + 1 }), disabled: rows.length === 1, onclick: () => {
                rows.splice(at, 1);
                draw();
            } }, icon('close')));
    }

    // CAS numbers and names of items go into one field: the server is told which it is.
    const item = (row) => ({ [/^\d{2,7}-\d\d-\d$/.test(row.item) ? 'cas' : 'item']: row.item, quantity: row.quantity, unit: row.unit, ...(row.date && { date: row.date }) });

    async function check(event) {
        event.preventDefault();
        try {
            answer = await ask('api/v1/thresholds/check', { post: { items: rows.filter((row) => row.item || row.quantity).map(item), compare }, signal: next() });
            fault = '';
        } catch (error) {
            if (isAbort(error)) return;
            [answer, fault] = [null, explain(error)];
        }
        draw();
        if (answer) say(t(`answer_${answer.answer}`));
    }

    function result() {
        if (fault) return h('p', { class: 'notice error', role: 'alert' }, fault);
        if (!answer) return null;
        const words = Object.values(answer.flag_words ?? {}).map(pick);
        return h('div', { class: 'hand-result', id: 'hand-result' }, h('p', {}, h('span', { class: `verdict ${answer.answer}` }, t(`answer_${answer.answer}`)), ' ',
            h('code', { class: 'sum' }, answer.arithmetic)),
        h('ul', { class: 'plain' }, answer.items.map((one) => h('li', {}, `${one.given.join(t('comma'))} → ${one.item_zh} ${one.amount?.decimal ?? '?'} / ${one.threshold ?? '?'} ${one.unit} = `,
            h('b', {}, one.ratio ? one.ratio.decimal : '?')))),
        answer.first_report && h('p', {}, t('hand_first', { from: answer.first_report.from, until: answer.first_report.until })),
        [...words, ...answer.unknown_names.map((name) => t('hand_unknown', { name })), ...answer.not_in_the_list.map((name) => t('hand_not_listed', { name: typeof name === 'string' ? name : name.given ?? '' }))].map((text) => h('p', { class: 'notice' }, text)),
        h('p', { class: 'hint' }, pick(answer.definition)));
    }

    function draw() {
        redraw(box, h('h2', {}, t('hand_title')), h('p', { class: 'hint' }, t('hand_hint')), h('form', { onsubmit: check }, rows.map(line), h('div', { class: 'buttons' },
            h('button', { type: 'button', class: 'btn', id: 'hand-add', disabled: rows.length >= ROWS_MAX, onclick: () => {
                rows = [...rows, { item: '', quantity: '', unit: rows[rows.length - 1].unit, date: '' }];
                draw();
                document.getElementById(`hand-item-${rows.length - 1}`).focus();
            } }, t('hand_add')),
            h('label', { class: 'switch' }, h('input', { type: 'checkbox', role: 'switch', id: 'hand-compare', checked: compare === 'ge',
                onchange: (event) => { compare = event.target.checked ? 'ge' : 'gt'; } }), h('span', { class: 'knob', 'aria-hidden': 'true' }), h('span', {}, t('compare_ge'))),
            h('button', { type: 'submit', class: 'btn main', id: 'hand-check' }, t('hand_check')))), result());
    }
    return { box, words: draw };
}
