// The warning radar of a facility: four axes on one common scale, so that the drawn area is the score's. What has no data counts as
// class 1 and is drawn so, with a hollow dot.
import { h, svg } from './dom.mjs';
import { num, score } from './format.mjs';
import { pick, t } from './i18n.mjs';
import { scoreBadge } from './parts.mjs';

const REACH = 118;              // length of the longest axis, in the picture's units
const LABEL = { side: 62, above: 40, below: 40, near: 30, least: 88 };
const RINGS = [0.25, 0.5, 0.75, 1];
const DIRECTIONS = [[0, -1], [1, 0], [0, 1], [-1, 0]];      // the order of the axes is part of the formula

const point = (index, length) => DIRECTIONS[index].map((part) => part * length);
const points = (lengths) => lengths.map((length, index) => point(index, length).map((n) => n.toFixed(1)).join(',')).join(' ');

function label(axis, index, length) {
    const [x, y] = point(index, length + 8);
    const shift = [-22, -4, 14, -4][index];
    const anchor = ['middle', 'start', 'middle', 'end'][index];
    const value = axis.no_data ? t('no_data') : num(axis.weighted, 3);
    return svg('text', { class: `radar-label${axis.no_data ? ' none' : ''}`, x, y: y + shift, 'text-anchor': anchor },
        svg('tspan', { class: 'radar-key', x }, axis.key), svg('tspan', { x, dy: '1.25em' }, value));
}

// The axes as they stand round the picture: clockwise from the top.
function standing({ axes, order }) {
    return order ? [...order].map((key) => axes.find((axis) => axis.key === key)) : axes;
}

function picture(radar) {
    const around = standing(radar);
    const scale = Math.max(...around.map((axis) => axis.max)) || 1;
    const ends = around.map((axis) => REACH * axis.max / scale);
    const values = around.map((axis) => REACH * (axis.weighted ?? 0) / scale);
    const far = ends.map((end) => Math.max(end, LABEL.near));       // labels of weight 0 must not meet in the middle
    const side = Math.max(far[1], far[3], LABEL.least) + LABEL.side;
    const text = around.map((axis) =>
        `${axis.key} ${pick(axis.label)} ${axis.no_data ? t('no_data') : num(axis.weighted, 3)}`).join(t('comma'));
    return svg('svg', { class: 'radar', role: 'img',
        viewBox: [-side, -far[0] - LABEL.above, 2 * side, far[0] + far[2] + LABEL.above + LABEL.below].join(' '),
        'aria-label': t('radar_label', { score: score(radar.score), text }) },
    RINGS.map((part) => svg('polygon', { class: 'radar-ring', points: points(ends.map((end) => end * part)) })),
    around.map((axis, index) => {
        const [x2, y2] = point(index, ends[index]);
        return svg('line', { class: `radar-axis${axis.no_data ? ' none' : ''}`, x1: 0, y1: 0, x2, y2 });
    }),
    svg('polygon', { class: 'radar-area', points: points(values) }),
    around.map((axis, index) => {
        const [cx, cy] = point(index, values[index]);
        return svg('circle', { class: `radar-dot${axis.no_data ? ' none' : ''}`, cx, cy, r: 4 });
    }),
    around.map((axis, index) => label(axis, index, far[index])));
}

function axisRow(axis) {
    const bar = h('span', { class: 'bar', 'aria-hidden': 'true' }, h('span', {}));
    bar.firstChild.style.width = `${axis.no_data || !axis.max ? 0 : Math.min(100, 100 * axis.weighted / axis.max)}%`;
    return h('li', { class: axis.no_data ? 'axis none' : 'axis' },
        h('b', { class: 'axis-key' }, axis.key), h('span', { class: 'axis-name' }, pick(axis.label)),
        h('span', { class: 'axis-value' }, axis.no_data ? h('span', { class: 'flag' }, t('no_data'))
            : t('axis_value', { value: num(axis.weighted, 3), max: num(axis.max, 3) })),
        bar, h('span', { class: 'axis-more' }, [axis.class ? t('axis_class', { n: axis.class }) : '', pick(axis.explain)]
            .filter(Boolean).join(' · ')));
}

export function radarChart(radar) {
    if (!radar?.axes?.length) return h('p', { class: 'notice' }, t('radar_none'));
    const missing = radar.axes.filter((axis) => axis.no_data).length;
    return [
        h('p', { class: 'score-line' }, h('span', {}, t('score')), scoreBadge(radar.score),
            missing ? h('span', { class: 'faint' }, t('radar_missing', { n: missing })) : null),
        picture(radar),
        h('ul', { class: 'axes' }, radar.axes.map(axisRow)),
        h('p', { class: 'hint' }, t('radar_weights', { weights: radar.weights.map((weight) => num(weight, 4)).join(' / ') })),
    ];
}
