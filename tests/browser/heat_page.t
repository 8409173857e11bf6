#!/usr/bin/env node
// Heat at a place on the map, and the page of two heat maps: choices, maps that move together, figures, tables and files are the
// server's; the address holds it all; the report's question is one button.
import('./harness.mjs').then(({ AXE, check, equal, get, importText, scan, suite, undo, until, violations }) => {
    const TARGETS = 'button, input, select, a';
    const CROWDED = { lon: 120.3, lat: 22.6 }, SEA = { lon: 119.9, lat: 21.9 };
    const number = (text) => Number(text.replace(/[^\d.-]/g, ''));
    const near = (found, wanted, what) => check(Math.abs(found - wanted) <= Math.abs(wanted) * 2e-3, what, { found, wanted });
    const enc = encodeURIComponent;

    const mapsIdle = (page) => until(() => page.evaluate(() => {
        const maps = window.hazatlas?.maps;
        return Boolean(maps) && Object.values(maps).every(({ map }) => map.loaded() && map.areTilesLoaded() && !map.isMoving());
    }), 'both maps to be idle');

    async function openPage(browse, hash = '', options = {}) {
        const { page, seen } = await browse({ hash: `heat.html#${hash}`, map: false, init: AXE, ...options });
        await page.waitForSelector('#zones-table tbody tr, #heat-compared .notice');
        await mapsIdle(page);
        return { page, seen };
    }

    return suite({
        async 'the card of a place: value, unit, and who makes it, each a way to its own card'(browse) {
            const query = `lon=${CROWDED.lon}&lat=${CROWDED.lat}&by=quantity&radius=15000`;
            const heat = await get(`api/v1/heat?${query}&limit=10`);
            check(heat.rest > 0, 'there are more than ten', heat.contributors);
            const { page, seen } = await browse({ hash: `#map=11/22.6/120.3&layers=heat,names&by=quantity&radius=15000&card=place:${CROWDED.lon}:${CROWDED.lat}` });
            await page.waitForSelector('.contributors li');
            near(number(await page.textContent('.heat-here .big-number')), heat.value, 'value');
            check((await page.textContent('.heat-here')).includes(heat.unit.zh), 'its unit');
            const rows = await page.locator('.contributors li').evaluateAll((all) => all.map((row) => [row.querySelector('.row-name').textContent, row.querySelector('.share-text').textContent]));
            equal(rows.map(([name]) => name), heat.contributors_listed.map((item) => item.name), 'names, the largest first');
            near(number(rows[0][1]), Math.round(heat.contributors_listed[0].share * 1000) / 10, 'share');
            check((await page.textContent('.contributors-rest')).includes(`另有 ${heat.rest} 筆`), 'how many more', await page.textContent('.contributors-rest'));
            await page.click('#contributors-all');
            await until(async () => (await page.locator('.contributors li').count()) === heat.contributors, 'all of them');
            await page.click('.contributors li >> nth=0');
            await until(async () => (await page.evaluate(() => window.hazatlas.state.card?.id)) === heat.contributors_listed[0].id, 'the facility opens');
            equal([await violations(page), seen.errors], [[], []], 'policy, errors');
        },

        async 'the card says plainly that there is nothing, and that the public version names none'(browse) {
            const { page } = await browse({ hash: `#map=11/22/120&layers=heat,names&lang=en&card=place:${SEA.lon}:${SEA.lat}` });
            await page.waitForSelector('.heat-here .notice');
            check((await page.textContent('.heat-here')).includes('No facility within 2.5 km'), 'nothing there', await page.textContent('.heat-here'));
            equal(await page.locator('.heat-here .big-number').count(), 0, 'and no figure');
            const shown = await get(`api/v1/heat?lon=${CROWDED.lon}&lat=${CROWDED.lat}&tier=public`);
            check(shown.value > 0, 'the public version has a value there');
            const open = await browse({ hash: `#map=11/22.6/120.3&layers=heat,names&tier=public&card=place:${CROWDED.lon}:${CROWDED.lat}` });
            await open.page.waitForSelector('.heat-here .notice');
            near(number(await open.page.textContent('.heat-here .big-number')), shown.value, 'value');
            equal(await open.page.locator('.contributors li').count(), 0, 'no contributor is named');
            check((await open.page.textContent('.heat-here')).includes('公開版本不列個別廠場'), 'and that is said');
        },

        async 'heat by score has the weights of the map'(browse) {
            const { page } = await browse({ hash: '#map=9/22.6/120.3&layers=heat,names&by=radar&weights=70,10,10,10' });
            await until(() => page.evaluate(() => /by=radar/.test(window.hazatlas.map.getSource('heat')?.tiles?.[0])
                && /weights=70(,|%2C)10(,|%2C)10(,|%2C)10/.test(window.hazatlas.map.getSource('heat').tiles[0])), 'tiles by these weights');
            await page.fill('#weights-G', '40');
            await page.press('#weights-G', 'Tab');
            await until(() => page.evaluate(() => /by=radar/.test(window.hazatlas.map.getSource('heat')?.tiles?.[0])
                && !/weights=70/.test(window.hazatlas.map.getSource('heat').tiles[0])), 'other weights, other tiles');
        },

        async 'a choice of heat goes through the address unchanged, and asks for nothing that does not belong'() {
            const { pairChoice, pairFrom, pairQuery, pairText } = await import('../../web/app/heat_pair.mjs');
            for (const choice of [{}, { by: 'quantity', kernel: 'uniform', radius: 750, cas: ['71-43-2', '50-00-0'], behaviour: 'use', county: '64000', from: '2013', to: '2015' },
                { by: 'concentration', cas: ['80-05-7'], unit: 'ug/L' }, { tier: 'public', cas: ['71-43-2'] }, { by: 'radar', radar: { weights: '70,10,10,10' } }]) {
                equal(pairFrom(pairText(pairChoice(choice))), pairChoice(choice), 'the same again');
            }
            equal(pairQuery(pairChoice({ by: 'concentration', cas: ['80-05-7', '71-43-2'], behaviour: 'use' })), { by: 'concentration', cas: '80-05-7' }, 'one substance, no behaviour');
            equal(pairQuery(pairChoice({ tier: 'public', radius: 5000, county: '64000' })), { by: 'count', tier: 'public' }, 'the public version has its own radius');
            equal(pairQuery(pairChoice({ by: 'count', unit: 'ug/L', radar: { weights: '70,10,10,10' } })), { by: 'count' }, 'neither unit nor weights');
            equal(pairFrom('by=nonsense&radius=1e9&cas=<script>&county=../x&from=99&weights=a'), pairChoice(), 'nonsense stays as by default');
        },

        async 'the public version offers what the server answers: numbers, and quantities of one substance'(browse) {
            const { page } = await browse({ hash: '#map=10/22.6/120.3&layers=heat,names&by=hazard' });
            const offered = () => page.locator('#heat-by option').evaluateAll((all) => all.filter((option) => !option.disabled).map((option) => option.value));
            const tiles = () => page.evaluate(() => new URL(window.hazatlas.map.getSource('heat').tiles[0]).search);
            await page.waitForSelector('#heat-by');
            equal(await offered(), ['count', 'quantity', 'hazard', 'radar', 'incidents', 'intensity'], 'all but means without a substance');
            await page.evaluate(() => { document.querySelector('#heat-more').open = true; });
            await page.locator('label:has(#heat-tier)').click();
            await until(async () => { const now = await tiles(); return now.includes('tier=public') && !now.includes('by=hazard'); }, 'numbers in place of what is not offered');
            equal([await offered(), await page.inputValue('#heat-by')], [['count'], 'count'], 'the public version');
            check((await page.textContent('#heat-by')).includes('公開版本需先選化學物質'), 'and why not quantities');
            const one = await browse({ hash: '#map=10/22.6/120.3&layers=heat,names&by=quantity&tier=public&cas=7782-50-5' });
            await one.page.waitForSelector('#heat-by');
            equal(await one.page.locator('#heat-by option:not(:disabled)').evaluateAll((all) => all.map((option) => option.value)), ['count', 'quantity'], 'quantities of one substance');
            equal(await one.page.inputValue('#heat-by'), 'quantity', 'and the choice holds');
        },

        async 'the map\'s heat goes to the page as map A'(browse) {
            const { page } = await browse({ hash: '#map=10/22.6/120.3&layers=heat,names&by=hazard&radius=5000&kernel=uniform&county=64000' });
            await page.waitForSelector('#heat-compare');
            await Promise.all([page.waitForURL(/heat\.html/), page.click('#heat-compare')]);
            await page.waitForSelector('#zones-table tbody tr');
            equal([await page.inputValue('#a-by'), await page.inputValue('#a-radius'), await page.inputValue('#a-kernel')], ['hazard', '5000', 'uniform'], 'map A');
            await until(async () => (await page.inputValue('#a-county')) === '64000', 'the county');
            equal(await page.inputValue('#b-by'), 'quantity', 'map B');
        },

        async 'two maps: tiles and legends are the server\'s, and they move together'(browse) {
            const { page, seen } = await openPage(browse, `a=${enc('by=count')}&b=${enc('by=quantity&radius=5000')}&map=9/22.7/120.4`);
            const sources = () => page.evaluate(() => ['A', 'B'].map((side) => window.hazatlas.maps[side].map.getSource('heat')?.tiles?.[0] ?? ''));
            const wanted = await Promise.all(['by=count', 'by=quantity&radius=5000'].map((query) => get(`tiles/heat.json?${query}`)));
            equal((await sources()).map((tiles) => new URL(tiles).search), wanted.map((json) => new URL(json.tiles[0]).search), 'tiles');
            equal(await page.locator('.heat-legend .unit').allTextContents(), wanted.map((json) => json.hazatlas.legend.unit.zh), 'units');
            equal(await page.locator('#legend-b li').allTextContents(), wanted[1].hazatlas.legend.classes.map((item) => item.label.zh), 'classes');
            await page.selectOption('#a-by', 'incidents');
            await until(async () => (await sources())[0].includes('by=incidents'), 'other tiles');
            equal(await page.locator('#a-behaviour').count(), 0, 'incidents have no behaviour');
            await page.selectOption('#b-behaviour', 'use');
            await until(async () => (await page.evaluate(() => location.hash)).includes(enc('behaviour=use')), 'the address follows');
            await mapsIdle(page);
            await page.evaluate(() => window.hazatlas.maps.B.map.jumpTo({ center: [121.3, 24.9], zoom: 10.5 }));
            const views = await page.evaluate(() => ['A', 'B'].map((side) => { const { map } = window.hazatlas.maps[side], { lng, lat } = map.getCenter(); return [lng.toFixed(5), lat.toFixed(5), map.getZoom().toFixed(3)]; }));
            equal(views[0], views[1], 'A goes where B goes');
            await page.focus('#map-a canvas');
            await page.keyboard.press('ArrowRight');
            await until(async () => (await page.evaluate(() => window.hazatlas.maps.B.map.getCenter().lng)) > 121.31, 'B follows A by keyboard');
            await mapsIdle(page);
            await until(async () => /map=10\.50\/24\.9/.test(decodeURIComponent(await page.evaluate(() => location.hash))), 'the view is in the address');
            const again = await openPage(browse, (await page.evaluate(() => location.hash)).slice(1));
            equal([await again.page.inputValue('#a-by'), await again.page.inputValue('#b-behaviour'), await again.page.inputValue('#b-radius')], ['incidents', 'use', '5000'], 'a link keeps it all');
            equal([await violations(page), seen.errors, seen.foreign], [[], [], []], 'policy, errors, other hosts');
        },

        async 'maps of one unit can have the same classes'(browse) {
            const { page } = await openPage(browse, `a=${enc('by=quantity')}&b=${enc('by=quantity&behaviour=use')}`);
            const texts = (side) => page.locator(`#legend-${side} li`).allTextContents();
            check(JSON.stringify(await texts('a')) !== JSON.stringify(await texts('b')), 'classes of their own');
            await page.focus('#same-classes');
            await page.keyboard.press('Space');
            await until(async () => JSON.stringify(await texts('a')) === JSON.stringify(await texts('b')), 'classes of A');
            equal(await page.evaluate(() => document.activeElement.id), 'same-classes', 'the focus stays');
            await until(() => page.evaluate(() => window.hazatlas.maps.B.map.getSource('heat')?.tiles?.[0].includes('classes=')), 'tiles of B by these');
            await page.selectOption('#a-radius', '5000');
            const wanted = await get('tiles/heat.json?by=quantity&radius=5000');
            await until(async () => JSON.stringify(await texts('b')) === JSON.stringify(wanted.hazatlas.legend.classes.map((item) => item.label.zh)), 'B follows A');
            await page.selectOption('#a-by', 'count');
            await until(async () => !await page.locator('#same-classes').count(), 'other units, no such switch');
        },

        async 'figures and tables by area are the server\'s, of both maps and of one'(browse) {
            const [a, b] = ['by=count', 'by=quantity'];
            const { page } = await openPage(browse, `a=${enc(a)}&b=${enc(b)}`);
            const wanted = await get(`api/v1/heat/compare?a=${enc(a)}&b=${enc(b)}&zones=county`);
            near(number(await page.textContent('#figure-overlap strong')), Math.round(wanted.overlap * 1000) / 10, 'overlap');
            equal(await page.locator('.compared-note').allTextContents(), wanted.notes.map((note) => note.zh), 'what to mind');
            near(number(await page.textContent('#figure-spearman strong')), Number(wanted.spearman.toPrecision(3)), 'rank correlation');
            const zones = wanted.zones.filter((zone) => zone.a.integral > 0 || zone.b.integral > 0).sort((x, y) => y.a.mean - x.a.mean);
            equal(await page.locator('#zones-table tbody th').allTextContents(), zones.map((zone) => zone.name), 'areas, the highest mean of A first');
            const cells = await page.locator('#zones-table tbody tr').first().locator('td').allTextContents();
            near(number(cells[0]), zones[0].a.mean, 'mean of A');
            near(number(cells[3]), zones[0].b.mean, 'mean of B');
            await page.click('#zones-table [data-sort="b-share"]');
            const byShare = [...zones].sort((x, y) => y.b.share - x.b.share);
            await until(async () => (await page.textContent('#zones-table tbody th >> nth=0')) === byShare[0].name, 'sorted by the share of B');
            await page.check('#zoneSide-b', { force: true });
            await page.check('#zones-township', { force: true });
            const sums = await get(`api/v1/heat/zonal?by=quantity&zones=township`);
            const one = sums.zones.filter((zone) => zone.integral > 0).sort((x, y) => y.mean - x.mean);
            await until(async () => (await page.locator('#zones-table tbody tr').count()) === one.length, 'townships of B');
            equal(await page.locator('#zones-table tbody th').allTextContents(), one.map((zone) => zone.name), 'in order');
            await page.click('#zones-table tbody tr:first-child button');
            await until(() => page.evaluate(([lon, lat]) => Math.abs(window.hazatlas.maps.A.map.getCenter().lng - lon) + Math.abs(window.hazatlas.maps.A.map.getCenter().lat - lat) < 1e-4,
                [one[0].max_lon, one[0].max_lat]), 'the maps go where it is largest');
            await page.waitForSelector('#at-b .big-number');
            near(number(await page.textContent('#at-b .big-number')), one[0].max, 'the value there');
        },

        async 'Enter on a map reads both values at its centre, with who makes them'(browse) {
            const { page } = await openPage(browse, `lang=en&a=${enc('by=count')}&b=${enc('by=quantity')}&map=11/${CROWDED.lat}/${CROWDED.lon}`);
            await page.focus('#map-b canvas');
            await page.keyboard.press('Enter');
            await page.waitForSelector('#at-b .contributors li');
            const heat = await get(`api/v1/heat?lon=${CROWDED.lon}&lat=${CROWDED.lat}&by=quantity`);
            near(number(await page.textContent('#at-b .big-number')), heat.value, 'value of B');
            check((await page.textContent('#at-a')).includes('facilities per km²'), 'unit of A');
            check((await page.getAttribute('#at-b .contributors a', 'href')).endsWith(`card=facility:${heat.contributors_listed[0].id}`), 'a link to the facility');
            await until(async () => (await page.evaluate(() => location.hash)).includes('at='), 'the place in the address');
        },

        async 'do measured concentrations and use coincide? One button, by basin and by site'(browse) {
            const { sites: [site] } = await get(`api/v1/heat/compare?a=${enc('by=concentration&cas=117-81-7')}&b=${enc('by=quantity&behaviour=use&cas=117-81-7')}`);
            const around = [[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]].map(([x, y]) => [site.lon + x * 0.05, site.lat + y * 0.05]);
            const { batch } = await importText('basins', `heat-${process.pid}`, 'b.geojson', JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { name: '<b>試驗溪</b>' },
                geometry: { type: 'Polygon', coordinates: [around] } }] }));
            try {
                const { page } = await openPage(browse);
                await page.focus('#preset');
                await page.keyboard.press('Enter');
                await until(async () => (await page.evaluate(() => document.activeElement.id)) === 'preset-cas', 'a substance is asked for');
                await page.keyboard.type('117-81-7');
                await page.keyboard.press('Enter');
                await page.waitForSelector('#preset-cas-taken button');
                await page.focus('#preset');
                await page.keyboard.press('Enter');
                await page.waitForSelector('#sites-table tbody tr');
                equal([await page.inputValue('#a-by'), await page.inputValue('#b-by'), await page.inputValue('#b-behaviour'), await page.isChecked('#zones-basin')],
                    ['concentration', 'quantity', 'use', true], 'the choices are set');
                const wanted = await get(`api/v1/heat/compare?a=${enc('by=concentration&cas=117-81-7')}&b=${enc('by=quantity&behaviour=use&cas=117-81-7')}&zones=basin`);
                const basin = wanted.zones.find((zone) => zone.name === '<b>試驗溪</b>');
                const row = page.locator('#zones-table tbody tr', { hasText: '試驗溪' });
                await row.waitFor();
                check((await row.textContent()).includes('<b>試驗溪</b>'), 'names are text');
                check(wanted.b.compared_share < 0.999 && wanted.notes.some((note) => note.zh.includes('b 的總和有')), 'some of the quantity lies where no sample is near');
                equal(await page.locator('.compared-note').allTextContents(), wanted.notes.map((note) => note.zh), 'and the page says so');
                near(number(await row.locator('td').first().textContent()), basin.a.mean, 'measured mean of the basin');
                const most = Math.max(...wanted.sites.map((item) => item.measured_mean));
                near(number(await page.locator('#sites-table tbody tr').first().locator('td >> nth=1').textContent()), most, 'the most polluted site first');
                equal(await page.textContent('#legend-a .unit'), 'mg/kg', 'unit of the measurements');
            } finally {
                await undo(batch);
            }
        },

        async 'files are what they say'(browse) {
            const { page } = await openPage(browse, `a=${enc('by=count')}&b=${enc('by=quantity')}&map=10/22.6/120.3`);
            await page.selectOption('#files-extent', 'view');
            await page.selectOption('#files-crs', 'EPSG:3825');
            await page.fill('#files-pixel', '500');
            await page.press('#files-pixel', 'Tab');
            await until(async () => (await page.getAttribute('#a-tif', 'href')).includes('pixel=500'), 'the links follow');
            for (const [id, type] of [['a-tif', 'image/tiff'], ['b-tif', 'image/tiff'], ['both-difference', 'image/tiff'], ['both-shares', 'image/tiff'],
                ['b-geojson', 'application/geo+json'], ['b-gpkg', 'application/geopackage+sqlite3']]) {
                const response = await fetch(await page.getAttribute(`#${id}`, 'href'));
                equal([response.status, response.headers.get('content-type').split(';')[0]], [200, type], id);
                check((await response.arrayBuffer()).byteLength > 500, `${id} is not empty`);
            }
        },

        async 'what cannot be had says why'(browse) {
            const { page } = await browse({ hash: 'heat.html', map: false,
                route: (it) => it.route('**/api/v1/heat/compare*', (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', json: { title: 'broken', detail: 'compare is out' } })) });
            await page.waitForSelector('#heat-compared .notice.error');
            check((await page.textContent('#heat-compared')).includes('compare is out'), 'the server\'s words');
            const lacking = await openPage(browse, `a=${enc('by=concentration')}`);
            check((await lacking.page.textContent('#heat-compared')).includes('請先選一種化學物質'), 'a substance is wanted');
            const blind = await browse({ hash: 'heat.html', map: false, args: ['--disable-3d-apis'] });
            await blind.page.waitForSelector('#zones-table tbody tr');
            check((await blind.page.textContent('#legend-of-a')).includes('不能繪製地圖'), 'no maps here, but tables');
        },

        async 'accessible by day, by night, in English and on a phone'(browse) {
            const hash = `at=${CROWDED.lon},${CROWDED.lat}&map=9/22.6/120.3&a=${enc('by=concentration&cas=117-81-7')}&b=${enc('by=quantity&cas=117-81-7')}`;
            for (const options of [{}, { night: true }, { phone: true }]) {
                const { page } = await openPage(browse, `${hash}&lang=${options.night ? 'en' : 'zh'}`, options);
                await page.waitForSelector('#at-a');
                await scan(page, JSON.stringify(options), TARGETS);
            }
        },
    });
});
