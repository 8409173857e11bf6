// The settings of the warning radar as the server's query parameters name them: an object of texts that holds only what differs
// from the server's own, so that an address, a cache key and a comparison of two settings stay short. Pure.

export const FACILITY_AXES = ['G', 'H', 'I', 'J'];
export const SUBSTANCE_AXES = ['A', 'B', 'C', 'D'];
export const RADAR_DEFAULTS = Object.freeze({
    weights: '40,30,15,15', order: 'GHIJ', substance_weights: '40,30,15,15', substance_order: 'ABCD', angle: 'degrees',
    rescale: '0', official: '1', incidents_from: '', incidents_to: '',
});
export const RADAR_KEYS = Object.keys(RADAR_DEFAULTS);
const ALL = 100;
const DAY = /^\d{4}-\d\d-\d\d$/;

// Whole shares of `total` in the ratio of `parts`; the largest remainders are rounded up, so that the sum is exact.
function shares(parts, total) {
    const sum = parts.reduce((a, b) => a + b, 0);
    const exact = parts.map((part) => (sum > 0 ? part / sum : 1 / parts.length) * total);
    const whole = exact.map(Math.floor);
    let left = Math.round(total) - whole.reduce((a, b) => a + b, 0);
    const order = exact.map((value, at) => at).sort((a, b) => (exact[b] - whole[b]) - (exact[a] - whole[a]) || a - b);
    for (const at of order) {
        if (left <= 0) break;
        whole[at] += 1;
        left -= 1;
    }
    return whole;
}

const sumOf = (values) => values.reduce((a, b) => a + b, 0);

// "33.3,20,1,7.7" → the four numbers as they are written, or null.
function writtenWeights(text) {
    const values = (text ?? '').split(',').map((part) => (/^\d+(\.\d+)?$/.test(part.trim()) && part.trim().length < 32 ? Number(part) : NaN));
    return values.length === 4 && sumOf(values) > 0 && Math.max(...values) <= 1e6 ? values : null;
}

// "40,30,15,15" → four per cents whose sum is 100 as sliders show them (rounded to tenths where it was not), or null.
export function parseWeights(text) {
    const values = writtenWeights(text);
    return !values || Math.abs(sumOf(values) - ALL) < 1e-6 ? values : shares(values, ALL * 10).map((value) => value / 10);
}

// What is asked and kept: the weights as written, which the server scales, so that the page's numbers are those of the address.
// What is the default in other words is the default.
function askedWeights(text) {
    const values = writtenWeights(text), usual = writtenWeights(RADAR_DEFAULTS.weights);
    if (!values) return null;
    const sum = sumOf(values);
    return values.every((value, at) => value * ALL === usual[at] * sum) ? RADAR_DEFAULTS.weights : text.split(',').map((part) => part.trim()).join(',');
}

// One weight is moved; those that are not held follow in the ratio they had (`base`). Whole per cents while all given ones are
// whole, otherwise tenths. The sum stays 100: where all others are held, the moved one cannot go anywhere.
export function followWeights(base, moved, wanted, held) {
    const free = base.map((value, at) => at).filter((at) => at !== moved && !held[at]);
    const fixed = base.filter((value, at) => at !== moved && held[at]);
    const room = ALL - fixed.reduce((a, b) => a + b, 0);
    const value = free.length ? Math.min(Math.max(wanted, 0), room) : room;
    const unit = [value, ...fixed].every(Number.isInteger) ? 1 : 10;
    const mine = Math.round(value * unit);
    const rest = shares(free.map((at) => base[at]), Math.round(room * unit) - mine);
    const out = [...base];
    out[moved] = mine / unit;
    free.forEach((at, index) => { out[at] = rest[index] / unit; });
    return out;
}

// The area knows only which axes stand opposite each other: 24 orders, three areas. The one of the three that this order is.
export function canonicalOrder(text, axes) {
    if (typeof text !== 'string' || [...text].sort().join('') !== [...axes].sort().join('')) return null;
    const opposite = text[(text.indexOf(axes[0]) + 2) % 4];
    const [first, ...others] = axes;
    const rest = others.filter((key) => key !== opposite);
    return [first, rest[0], opposite, rest[1]].join('');
}

// The pairs that stand opposite each other.
export function pairsOf(order) {
    return [[order[0], order[2]], [order[1], order[3]]];
}

export function ordersOf(axes) {
    const [a, b, c, d] = axes;
    return [[a, b, c, d], [a, c, b, d], [a, b, d, c]].map((order) => order.join(''));
}

const CHECKS = {
    weights: askedWeights,
    substance_weights: askedWeights,
    order: (text) => canonicalOrder(text, FACILITY_AXES),
    substance_order: (text) => canonicalOrder(text, SUBSTANCE_AXES),
    angle: (text) => (['degrees', 'published'].includes(text) ? text : null),
    rescale: (text) => (['0', '1'].includes(text) ? text : null),
    official: (text) => (['0', '1'].includes(text) ? text : null),
    incidents_from: (text) => (DAY.test(text) ? text : null),
    incidents_to: (text) => (DAY.test(text) ? text : null),
};

// `radar` with what `patch` changes; what is the server's own, or cannot be understood, is left out.
export function radarWith(radar, patch) {
    const all = { ...radar, ...patch };
    return Object.fromEntries(RADAR_KEYS.map((key) => [key, all[key] ? CHECKS[key](all[key]) : null])
        .filter(([key, value]) => value && value !== RADAR_DEFAULTS[key]));
}

// From the address (URLSearchParams).
export function radarFrom(query) {
    return radarWith({}, Object.fromEntries(RADAR_KEYS.map((key) => [key, query.get(key)])));
}

export function radarValue(radar, key) {
    return radar[key] ?? RADAR_DEFAULTS[key];
}

// As they are shown; radarValue has what is asked.
export function weightsOf(radar, key = 'weights') {
    return parseWeights(radarValue(radar, key));
}

// Whether every area is 0 with these weights: two axes without weight stand opposite each other.
export function flatWeights(radar) {
    const weights = writtenWeights(radarValue(radar, 'weights'));
    return pairsOf(radarValue(radar, 'order')).some((pair) => pair.every((key) => weights[FACILITY_AXES.indexOf(key)] === 0));
}

// What the list of substances is asked with: there `weights` and `order` are those of the substances' own axes.
export function substanceQuery(radar) {
    const { substance_weights: weights, substance_order: order, angle, official, incidents_from, incidents_to } = radar;
    return { weights, order, angle, official, incidents_from, incidents_to };
}
