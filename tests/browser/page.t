#!/usr/bin/env node
// The page opens cleanly and shows the facilities with their legend and the state of the data.
import('./harness.mjs').then(({ check, equal, get, suite, until, violations }) => suite({
    async 'asks no other host, keeps its policy, logs nothing'(browse) {
        const { page, seen } = await browse();
        equal(seen.foreign, [], 'requests to other hosts');
        equal(await violations(page), [], 'violations of the content security policy');
        equal(seen.errors, [], 'errors');
        equal(seen.console, [], 'console');
    },

    async 'draws facilities, coloured by the classes of the legend'(browse) {
        const { page } = await browse();
        const drawn = await page.evaluate(() => window.hazatlas.map
            .queryRenderedFeatures({ layers: ['facility-points', 'facility-cells'] }).length);
        check(drawn > 0, 'facilities drawn', drawn);
        const { hazatlas: { legend } } = await get('tiles/facilities.json');
        const colors = await page.evaluate(() => JSON.stringify(window.hazatlas.map.getPaintProperty('facility-points', 'circle-color')));
        for (const item of [...legend.classes, legend.no_data]) check(colors.includes(item.color), `${item.color} on the map`, colors);
        equal(await page.locator('#legend-facilities li').count(), legend.classes.length + 1, 'rows of the legend');
    },

    async 'county names are drawn in Chinese without a glyph server'(browse) {
        const { page } = await browse();
        const names = await page.evaluate(() => window.hazatlas.map.queryRenderedFeatures({ layers: ['county-names'] })
            .map((feature) => feature.properties.name));
        check(names.some((name) => /[縣市]$/.test(name)), 'a county name', names);
    },

    async 'says when the data are from, which atlas, and that the server answers'(browse) {
        const { page } = await browse();
        const { atlas } = await get('api/v1/status');
        await until(async () => (await page.textContent('#status')).includes(`圖集 ${atlas.number}`), 'the atlas number');
        check((await page.textContent('#status')).includes('連線正常'), 'connection');
    },

    async 'a cell zooms in when tapped'(browse) {
        const { page } = await browse({ hash: '#map=7/23.7/120.9' });
        const cell = await page.evaluate(() => {
            const { map } = window.hazatlas;
            const taken = document.querySelector('.panel').getBoundingClientRect().right + 40;
            const found = map.queryRenderedFeatures({ layers: ['facility-cells'] })
                .map((feature) => map.project(feature.geometry.coordinates))
                .find(({ x, y }) => x > taken && x < innerWidth - 200 && y > 120 && y < innerHeight - 160);
            return found ? { x: found.x, y: found.y, zoom: map.getZoom() } : null;
        });
        if (!cell) return 'these data fit into tiles without cells';
        await page.mouse.click(cell.x, cell.y);
        await until(() => page.evaluate((zoom) => window.hazatlas.map.getZoom() > zoom + 1.5, cell.zoom), 'the map to zoom in');
        return null;
    },

    async 'a new atlas makes the map fetch its tiles anew'(browse) {
        let number = null;
        const { page } = await browse({ route: (it) => it.route('**/api/v1/status', async (route) => {
            const response = await route.fetch();
            const body = await response.json();
            if (number !== null) body.atlas.number = number;
            await route.fulfill({ response, json: body });
        }) });
        number = 987654;
        const asked = page.waitForRequest((request) => request.url().includes('/tiles/facilities/') && request.url().includes('v=987654'));
        await asked;
    },
}));
