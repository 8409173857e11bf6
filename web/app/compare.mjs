// What two texts share and where they part, and how far two points are apart. Needs no browser.

const LONGEST = 200;                    // characters; the table of common parts grows with the square
const EARTH_RADIUS_M = 6371008.8;       // mean radius (IUGG)

// 台 and 臺, full and half width, capitals are no difference to a reader.
function fold(text) {
    return text.normalize('NFKC').toLowerCase().replaceAll('台', '臺');
}

// same | differ | one (only one side says it) | none (nobody does)
export function verdict(left, right) {
    if (!left && !right) return 'none';
    if (!left || !right) return 'one';
    const bare = (text) => fold(String(text)).replace(/\s+/g, '');
    return bare(left) === bare(right) ? 'same' : 'differ';
}

// lengths[i][j] of the longest common subsequence of the characters from i and j on.
function commonLengths(a, b) {
    const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i--) {
        for (let j = b.length - 1; j >= 0; j--) {
            lengths[i][j] = a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
        }
    }
    return lengths;
}

function push(parts, text, same) {
    if (parts.at(-1)?.same === same) parts.at(-1).text += text;
    else parts.push({ text, same });
}

// Both texts cut into [{ text, same }]: what the other has in the same order, and what it has not.
export function parts(left, right) {
    const [a, b] = [[...left], [...right]];
    if (a.length > LONGEST || b.length > LONGEST) return [[{ text: left, same: left === right }], [{ text: right, same: left === right }]];
    const [fa, fb] = [a.map(fold), b.map(fold)];
    const lengths = commonLengths(fa, fb);
    const out = [[], []];
    let i = 0, j = 0;
    while (i < a.length || j < b.length) {
        if (i < a.length && j < b.length && fa[i] === fb[j]) {
            push(out[0], a[i++], true);
            push(out[1], b[j++], true);
        } else if (j >= b.length || (i < a.length && lengths[i + 1][j] >= lengths[i][j + 1])) {
            push(out[0], a[i++], false);
        } else {
            push(out[1], b[j++], false);
        }
    }
    return out;
}

export function hasPoint(side) {
    return Number.isFinite(side?.lon) && Number.isFinite(side?.lat);
}

// Metres between two points in degrees, along the great circle (haversine).
export function distance(a, b) {
    const rad = Math.PI / 180;
    const s = Math.sin((b.lat - a.lat) * rad / 2) ** 2
        + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin((b.lon - a.lon) * rad / 2) ** 2;
    return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(s)));
}

// The view of the map that holds all points: their middle, and the zoom at which they lie within 300 pixels
// (a pixel is 78,271.5 m × cos(latitude) / 2^zoom with tiles of 512).
export function viewOf(points) {
    const lons = points.map((point) => point.lon), lats = points.map((point) => point.lat);
    const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
    const middle = { lon: (west + east) / 2, lat: (south + north) / 2 };
    const metres = Math.max(distance({ lon: west, lat: south }, { lon: east, lat: north }), 1);
    const zoom = Math.log2(78271.5 * Math.cos(middle.lat * Math.PI / 180) * 300 / metres);
    return { ...middle, zoom: Math.min(Math.max(zoom, 5), 16.5) };
}
