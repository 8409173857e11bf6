// Classes of a measure over regions: limits at the quintiles of the positive values, rounded to two digits. Pure.

export const COLORS = ['#ffffb2', '#fecc5c', '#fd8d3c', '#f03b20', '#bd0026'];     // ColorBrewer YlOrRd, as for the scores
export const NONE = { day: '#9e9e9e', night: '#59626b' };

function twoDigits(value) {
    return Number(value.toPrecision(2));
}

// Ascending lower limits of the second class on; fewer where values are few or the same.
export function limitsOf(values) {
    const known = values.filter((value) => value > 0).sort((a, b) => a - b);
    if (!known.length) return [];
    const limits = COLORS.slice(1).map((color, at) => twoDigits(known[Math.floor(known.length * (at + 1) / COLORS.length)]));
    return [...new Set(limits)].filter((limit) => limit > known[0]);
}

// The colours that are used when there are fewer classes than colours: the last ones stay the darkest.
export function colorsOf(limits) {
    return limits.length + 1 >= COLORS.length ? COLORS : COLORS.filter((color, at) => at === 0 || at > COLORS.length - 1 - limits.length);
}

// [{ color, min, max }] from low to high.
export function classesOf(limits) {
    const colors = colorsOf(limits);
    return colors.map((color, at) => ({ color, min: at ? limits[at - 1] : null, max: limits[at] ?? null }));
}
