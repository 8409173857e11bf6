// Choices that the radar's area depends on besides the weights: which axes stand opposite each other, and the printed angle.
import { h, icon } from './dom.mjs';
import { t } from './i18n.mjs';
import { flatWeights, ordersOf, pairsOf } from './radar_query.mjs';

function choice(name, value, now, text, changed) {
    return h('label', { class: 'choice' }, h('input', { type: 'radio', name, value, checked: value === now, onchange: () => changed(value) }),
        h('span', {}, text));
}

export function orderChoice(name, axes, now, changed) {
    const text = (order) => pairsOf(order).map((pair) => t('axes_opposite', { a: pair[0], b: pair[1] })).join(t('comma'));
    return h('fieldset', { class: 'choices order' }, h('legend', {}, t('axes_order')),
        ordersOf(axes).map((order) => choice(name, order, now, [h('b', {}, order), ' ', text(order)], changed)),
        h('p', { class: 'hint' }, t('axes_order_hint')));
}

// Says so where the weights leave no area; shown and hidden by `follow`.
export function flatNotice(id) {
    const notice = h('p', { class: 'notice warn', role: 'status', id }, icon('alert'), h('span', {}, t('weights_flat')));
    return { notice, follow: (radar) => { notice.hidden = !flatWeights(radar); } };
}

export function angleChoice(name, now, changed) {
    return h('fieldset', { class: 'choices' }, h('legend', {}, t('radar_angle')),
        ['degrees', 'published'].map((angle) => choice(name, angle, now, t(`angle_${angle}`), changed)),
        h('p', { class: 'hint' }, t('angle_hint')));
}
