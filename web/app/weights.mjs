// Four weights of the warning radar with a slider and a number each. The sum is always 100 %: when one is moved the others
// follow in the ratio they had, except those that are held.
import { h, icon } from './dom.mjs';
import { t } from './i18n.mjs';
import { followWeights } from './radar_query.mjs';

// name: prefix of the ids; axes: [{ key, label }]; changed(weights) after every step of a slider.
// Gives { element, update(weights), name(labels) }: update shows other weights without telling anyone, name other words for the axes;
// the elements stay, else a drag would end.
export function weightSliders(name, axes, weights, changed) {
    let values = [...weights], base = [...weights], last = -1;
    const held = axes.map(() => false);
    const rows = [];

    function show(except) {
        rows.forEach((row, at) => {
            const text = t('unit_percent', { n: values[at] });
            if (row.slider !== except) row.slider.value = values[at];
            if (row.box !== except) row.box.value = values[at];
            row.slider.setAttribute('aria-valuetext', text);
            row.lock.setAttribute('aria-pressed', String(held[at]));
            row.lock.replaceChildren(icon(held[at] ? 'locked' : 'unlocked'));
            const name = `${axes[at].key} ${axes[at].label}`;
            row.label.textContent = axes[at].label;
            row.box.setAttribute('aria-label', t('weight_number', { name }));
            row.lock.setAttribute('aria-label', t('weight_hold', { name }));
        });
    }

    // The ratio of the others is that from before this slider was first touched: back and forth comes out where it began.
    function move(at, wanted, from) {
        if (last !== at) [base, last] = [[...values], at];
        const next = followWeights(base, at, wanted, held);
        const same = next.every((value, index) => value === values[index]);
        values = next;
        show(next[at] === wanted ? from : null);
        if (!same) changed([...values]);
    }

    function hold(at) {
        held[at] = !held[at];
        last = -1;
        show();
    }

    function row(axis, at) {
        const id = `${name}-${axis.key}`;
        const slider = h('input', { type: 'range', id, min: 0, max: 100, step: 1,
            oninput: (event) => move(at, Number(event.target.value), slider) });
        const box = h('input', { type: 'number', class: 'short', id: `${id}-number`, min: 0, max: 100, step: 'any', inputmode: 'decimal',
            onchange: (event) => (event.target.value === '' ? show() : move(at, Number(event.target.value), null)) });
        const label = h('span');
        const lock = h('button', { type: 'button', class: 'btn square hold', id: `${id}-hold`, onclick: () => hold(at) });
        rows.push({ slider, box, lock, label });
        return h('div', { class: 'weight' }, h('label', { for: id }, h('b', { class: 'axis-key' }, axis.key), ' ', label),
            h('div', { class: 'slider' }, slider, h('span', { class: 'percent-box' }, box, h('span', { 'aria-hidden': 'true' }, '%')), lock));
    }

    const element = h('div', { class: 'weights', id: name }, axes.map(row), h('p', { class: 'hint' }, t('weights_sum')));
    show();
    return {
        element,
        name(labels) {
            labels.forEach((label, at) => { axes[at].label = label; });
            show(document.activeElement);
        },
        update(wanted) {
            if (wanted.every((value, at) => value === values[at])) return;
            [values, base, last] = [[...wanted], [...wanted], -1];
            show();
        },
    };
}
