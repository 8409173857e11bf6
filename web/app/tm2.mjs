// TWD97 TM2: longitude/latitude (EPSG:4326) to metres (EPSG:3826, or 3825 west of 119.9), for reading off a place.
// Krüger's series to n^4 (Karney 2011, "Transverse Mercator with an accuracy of a few nanometers", eq. 35); GRS80.

const A = 6378137, F = 1 / 298.257222101, K0 = 0.9999, FALSE_EASTING = 250000;
const N = F / (2 - F);
const RECTIFYING = A / (1 + N) * (1 + N ** 2 / 4 + N ** 4 / 64);
const ALPHA = [
    N / 2 - 2 * N ** 2 / 3 + 5 * N ** 3 / 16 + 41 * N ** 4 / 180,
    13 * N ** 2 / 48 - 3 * N ** 3 / 5 + 557 * N ** 4 / 1440,
    61 * N ** 3 / 240 - 103 * N ** 4 / 140,
    49561 * N ** 4 / 161280,
];
// The outlying islands Penghu, Kinmen and Matsu use zone 119; all of them lie west of this meridian.
const ZONE_LIMIT = 119.9;

export function toTm2(lon, lat) {
    const zone = lon < ZONE_LIMIT ? 119 : 121;
    const phi = lat * Math.PI / 180, lambda = (lon - zone) * Math.PI / 180;
    const e = Math.sqrt(F * (2 - F));
    const tau = Math.sinh(Math.atanh(Math.sin(phi)) - e * Math.atanh(e * Math.sin(phi)));
    const xi0 = Math.atan2(tau, Math.cos(lambda));
    const eta0 = Math.asinh(Math.sin(lambda) / Math.hypot(tau, Math.cos(lambda)));
    let xi = xi0, eta = eta0;
    ALPHA.forEach((alpha, index) => {
        const j = 2 * (index + 1);
        xi += alpha * Math.sin(j * xi0) * Math.cosh(j * eta0);
        eta += alpha * Math.cos(j * xi0) * Math.sinh(j * eta0);
    });
    return {
        x: FALSE_EASTING + K0 * RECTIFYING * eta, y: K0 * RECTIFYING * xi, crs: zone === 121 ? 'EPSG:3826' : 'EPSG:3825',
    };
}
