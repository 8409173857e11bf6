#!/usr/bin/env node
// The real facilities and operations: what the tiles hold is what the database holds, and a real plant's packet opens.
import('./harness.mjs').then(async ({ check, equal, get, mapIdle, suite, until, BASE }) => {
    const { VectorTile } = await import('@mapbox/vector-tile');
    const { default: Pbf } = await import('pbf').then((module) => (module.default ? module : { default: module.PbfReader ?? module.Pbf }));
    const why = process.env.HAZATLAS_REAL ? null : 'no shared data: HAZATLAS_REAL is not set';

    async function layerOf(path) {
        const response = await fetch(new URL(path, BASE));
        if (response.status === 204) return null;
        check(response.ok, `GET ${path}: ${response.status}`);
        return new VectorTile(new Pbf(new Uint8Array(await response.arrayBuffer()))).layers.facilities;
    }

    // The facilities below a tile: single points once each, the rest by the counts of cells.
    async function total(z, x, y, ids) {
        const layer = await layerOf(`tiles/facilities/${z}/${x}/${y}.mvt`);
        let sum = 0;
        for (let i = 0; i < (layer?.length ?? 0); i++) {
            const { id, properties } = layer.feature(i);
            sum += properties.count ?? 1;
            if (properties.count) continue;
            equal(properties.id, id, 'the feature id is the facility');
            check(!ids.has(id), 'no facility twice', id);
            ids.add(id);
        }
        return sum;
    }

    async function below(z, x, y, deepest, ids) {
        if (z === deepest) return total(z, x, y, ids);
        const layer = await layerOf(`tiles/facilities/${z}/${x}/${y}.mvt`);
        if (!layer) return 0;
        const parts = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([dx, dy]) => [z + 1, 2 * x + dx, 2 * y + dy]);
        let sum = 0;
        for (const part of parts) sum += await below(...part, deepest, ids);
        return sum;
    }

    return suite({
        async 'counts on the map equal counts in the database, at zoom 0, 7 and 11'() {
            if (why) return why;
            const { atlas } = await get('api/v1/status');
            check(atlas.drawn > 54000, 'the real facilities are there', atlas);
            for (const deepest of [0, 7, 11]) equal(await below(0, 0, 0, deepest, new Set()), atlas.drawn, `zoom ${deepest}`);
            return undefined;
        },

        async 'what cannot be drawn is kept and listed'() {
            if (why) return why;
            const { atlas } = await get('api/v1/status');
            const count = async (kind) => (await get(`api/v1/facilities?position_check=${kind}&limit=1`)).matched;
            const missing = await count('missing'), outside = await count('outside'), zone = await count('other_zone');
            equal(missing + outside + zone, atlas.not_drawn, 'missing, outside and written in the other TM2 zone');
            check(zone === 211 && missing >= 20858, 'as the source has them', { missing, outside, zone });
            return undefined;
        },

        async '中國石油化學: search, card, packet'(browse) {
            if (why) return why;
            const { page, seen } = await browse();
            await page.fill('#search-input', '中國石油化學工業開發股份有限公司大社廠');
            await until(() => page.locator('#search-list [role=option]').count(), 'search results');
            await page.keyboard.press('ArrowDown');
            await page.keyboard.press('Enter');
            await page.waitForSelector('#card .axes');
            check((await page.textContent('#card h2')).startsWith('中國石油化學'), 'its card', await page.textContent('#card h2'));
            await page.click('#card .card-body > .btn.danger');
            await page.waitForSelector('form.incident');
            await page.click('form.incident [type=submit]');
            await page.waitForSelector('#card .distances');
            await mapIdle(page);
            check(/\d/.test(await page.textContent('#card .distances')), 'its distances');
            equal(seen.foreign, [], 'requests to other hosts');
            equal(seen.errors, [], 'errors');
            return undefined;
        },
    });
});
