// A small drawing of a series: the values before, the band they allow, and the one that is judged.
import { svg } from './dom.mjs';

const WIDTH = 168, HEIGHT = 52, EDGE = 6;
const day = (value) => Date.parse(value.to);

// before: [{ to, quantity }…], oldest first; value: the judged one; low, centre, high: of the band. label says the same in words.
export function spark({ before, value, low, centre, high, label }) {
    const all = [...before, value], times = all.map(day);
    const [start, end] = [Math.min(...times), Math.max(...times)];
    const [least, most] = [Math.min(low, ...all.map((item) => item.quantity)), Math.max(high, ...all.map((item) => item.quantity))];
    const x = (item) => EDGE + (WIDTH - 2 * EDGE) * (end > start ? (day(item) - start) / (end - start) : 1);
    const y = (quantity) => HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (most > least ? (quantity - least) / (most - least) : 0.5);
    const at = (item) => `${x(item).toFixed(1)},${y(item.quantity).toFixed(1)}`;
    return svg('svg', { class: 'spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, role: 'img', 'aria-label': label },
        svg('rect', { class: 'spark-band', x: 0, y: y(high).toFixed(1), width: WIDTH, height: Math.max(1, y(low) - y(high)).toFixed(1) }),
        svg('line', { class: 'spark-centre', x1: 0, x2: WIDTH, y1: y(centre).toFixed(1), y2: y(centre).toFixed(1) }),
        svg('polyline', { class: 'spark-line', points: all.map(at).join(' ') }),
        before.map((item) => svg('circle', { class: 'spark-dot', cx: x(item).toFixed(1), cy: y(item.quantity).toFixed(1), r: 2 })),
        svg('circle', { class: 'spark-now', cx: x(value).toFixed(1), cy: y(value.quantity).toFixed(1), r: 4.5 }));
}
