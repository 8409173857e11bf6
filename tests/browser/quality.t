#!/usr/bin/env node
// The layers of data quality: counties by missing positions, grey where nothing is known, and doubtful positions.
import('./harness.mjs').then(({ check, equal, get, mapIdle, suite, until }) => suite({
    async 'counties are coloured by share, grey without facilities, as the legend says'(browse) {
        const { page } = await browse({ hash: '#map=7.2/23.7/120.9&layers=missing_positions' });
        const { hazatlas: { legend } } = await get('tiles/missing_positions.json');
        await until(() => page.locator('#legend-missing_positions li').count(), 'the legend');
        equal(await page.locator('#legend-missing_positions li').count(), legend.classes.length + 1, 'classes and no data');
        check((await page.textContent('#legend-missing_positions')).includes(legend.no_data.label.zh), 'no data is said');
        await mapIdle(page);
        const { counties } = await get('api/v1/counties');
        const drawn = await until(() => page.evaluate(() => {
            const seen = window.hazatlas.map.queryRenderedFeatures({ layers: ['missing_positions-fill'] });
            return seen.length ? seen.map((f) => ({ ...f.properties, color: f.layer.paint['fill-color'] })) : null;
        }), 'counties on the map');
        const grey = legend.no_data.color;
        for (const county of drawn) {
            const known = counties.find((item) => item.code === county.code)?.facilities ?? 0;
            equal(county.facilities, known, `facilities of ${county.name}`);
            equal(county.share === undefined, known === 0, `a share for ${county.name}`);
            const c = county.color, hex = `#${[c.r, c.g, c.b].map((v) => Math.round(v / c.a * 255).toString(16).padStart(2, '0')).join('')}`;
            const wanted = known ? [...legend.classes].reverse().find((item) => county.share >= item.min).color : grey;
            equal(hex, wanted, `colour of ${county.name}`);
        }
        check(process.env.HAZATLAS_REAL || drawn.some((county) => !county.facilities), 'some are grey', drawn);
        check(drawn.some((county) => county.facilities), 'some are not', drawn);
    },

    async 'a doubtful facility opens its card'(browse) {
        const { page } = await browse({ hash: '#map=7.2/23.7/120.9&layers=doubtful_positions' });
        await until(() => page.locator('.legend.symbols li').count(), 'the signs in the legend');
        await mapIdle(page);
        const found = await page.evaluate(() => window.hazatlas.map.querySourceFeatures('doubtful_positions', { sourceLayer: 'doubtful_positions' })
            .map((f) => ({ ...f.properties, at: f.geometry.coordinates })));
        const one = found.find((item) => item.kind === 'facilities' && item.class !== 'shared');
        if (!one) return 'no facility of these data is doubtful by its check';
        await page.evaluate(({ at }) => window.hazatlas.map.jumpTo({ center: at, zoom: 17 }), one);
        await mapIdle(page);
        const at = await until(() => page.evaluate(({ id }) => {     // the tile before was coarser
            const { map } = window.hazatlas;
            const there = map.queryRenderedFeatures({ layers: ['doubtful_positions-point'] }).find((f) => f.properties.id === id);
            return there && map.project(there.geometry.coordinates);
        }, one), 'the facility on the map');
        const box = await page.locator('#map').boundingBox();
        await page.mouse.click(box.x + at.x, box.y + at.y);
        await until(async () => (await page.textContent('#card')).includes(one.name), 'the card of the facility');
    },
}));
