#!/usr/bin/env node
// Language, theme, heat, filters; and the address that holds them all.
import('./harness.mjs').then(({ check, equal, get, mapIdle, someFacility, suite, until }) => suite({
    async 'Chinese first, English by one button'(browse) {
        const { page } = await browse();
        equal(await page.getAttribute('html', 'lang'), 'zh-Hant-TW', 'language at first');
        check((await page.textContent('#panel')).includes('圖層'), 'Chinese');
        await page.click('#lang');
        equal(await page.getAttribute('html', 'lang'), 'en', 'language after');
        const text = await page.evaluate(() => document.body.innerText.replace(/[^\u4e00-\u9fff]/g, ''));
        // Names of facilities, sources and the button back are data and stay.
        check((await page.textContent('#panel')).includes('Layers'), 'English');
        check(!text.includes('圖層') && !text.includes('連線'), 'no Chinese left in the frame', text);
        await page.click('#lang');
        equal(await page.getAttribute('html', 'lang'), 'zh-Hant-TW', 'and back');
    },

    async 'night darkens page and map together'(browse) {
        const { page } = await browse();
        const sea = () => page.evaluate(() => window.hazatlas.map.getPaintProperty('sea', 'background-color'));
        const day = await sea();
        await page.click('#theme');
        equal(await page.getAttribute('html', 'data-theme'), 'night', 'theme of the page');
        check(await sea() !== day, 'the map is darker');
        const night = await browse({ night: true });
        equal(await night.page.getAttribute('html', 'data-theme'), 'night', 'theme follows the device');
    },

    async 'by night as by day every class of points stands out from the land, by its colour or by its rim'(browse) {
        for (const night of [false, true]) {
            const { page } = await browse({ night, hash: '#layers=facilities,thresholds,anomalies' });
            const ids = ['facility-points', 'facility-cells', 'thresholds-point', 'thresholds-cell', 'anomalies-point', 'anomalies-cell'];
            await until(() => page.evaluate((all) => all.every((id) => window.hazatlas.map.getLayer(id)), ids), 'the layers');
            const looks = await page.evaluate((all) => all.map((id) => ['circle-color', 'circle-stroke-color'].map((name) => window.hazatlas.map.getPaintProperty(id, name))), ids);
            const land = await page.evaluate(() => window.hazatlas.map.getPaintProperty('land', 'fill-color'));
            const part = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
            const light = (hex) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => sum + weight * part(parseInt(hex.slice(1 + 2 * at, 3 + 2 * at), 16) / 255), 0.05);
            const contrast = (hex) => Math.max(light(hex) / light(land), light(land) / light(hex));
            looks.forEach((look, at) => {
                const [fills, rims] = look.map((expression) => expression.flat(9).filter((item) => /^#[0-9a-f]{6}$/i.test(item)));
                check(fills.length >= 5 && rims.length === fills.length, `${ids[at]}: a rim for each class`, look);
                fills.forEach((fill, index) => check(contrast(fill) >= 3 || contrast(rims[index]) >= 3, `${ids[at]}, ${night ? 'night' : 'day'}: ${fill} in ${rims[index]} on ${land}`));
            });
        }
    },

    async 'what follows the theme follows the device\'s'(browse) {
        const { page } = await browse({ hash: '#layers=heat,names' });
        const night = () => page.evaluate(() => window.hazatlas.map.getSource('heat').tiles[0].includes('theme=night'));
        await until(async () => !await night(), 'heat by day');
        await page.emulateMedia({ colorScheme: 'dark' });
        await until(night, 'heat by night');
        const radar = await browse({ hash: 'radar.html', map: false });
        await radar.page.waitForSelector('#regions-legend');
        const none = () => radar.page.locator('#regions-legend .swatch').last().evaluate((box) => box.style.backgroundColor);
        const day = await none();
        await radar.page.emulateMedia({ colorScheme: 'dark' });
        await until(async () => (await none()) !== day, 'regions without data in the grey of the night');
    },

    async 'heat has a legend with its unit, by count and by quantity'(browse) {
        const { page } = await browse();
        for (const by of ['count', 'quantity']) {
            if (by === 'count') await page.click('#layer-heat', { force: true });
            else await page.selectOption('#heat-by', 'quantity');
            const { hazatlas: { legend } } = await get(`tiles/heat.json?by=${by}`);
            await until(async () => (await page.locator('#legend-heat .unit').count())
                && (await page.textContent('#legend-heat .unit')) === legend.unit.zh, `the unit ${legend.unit.zh}`);
            equal(await page.locator('#legend-heat li').count() >= legend.classes.length, true, 'rows of the legend');
            await mapIdle(page);
            const tiles = await page.evaluate(() => window.hazatlas.map.getSource('heat').tiles[0]);
            equal(tiles.includes('by=quantity'), by === 'quantity', `tiles by ${by}`);
        }
    },

    async 'a substance narrows facilities and heat; its chip takes it away'(browse) {
        const { page } = await browse();
        await page.fill('#search-input', '7782-50-5');
        await until(() => page.locator('#search-list [role=option]').count(), 'results');
        const rows = page.locator('#search-list [role=option]', { hasText: 'CAS 7782-50-5' });
        await rows.first().click();
        await page.waitForSelector('.chip.substance');
        await until(() => page.evaluate(() => window.hazatlas.map.getSource('facilities').tiles[0].includes('cas=7782-50-5')), 'filtered tiles');
        await page.click('.chip.substance .chip-close');
        await until(() => page.evaluate(() => !window.hazatlas.map.getSource('facilities').tiles[0].includes('cas=')), 'all tiles again');
    },

    async 'the address restores place, layers, filters, card, language and theme'(browse) {
        const facility = await someFacility();
        const { page } = await browse({
            hash: `#map=12.5/${facility.lat.toFixed(5)}/${facility.lon.toFixed(5)}&layers=facilities,heat&by=quantity&min=0.5`
                + `&card=facility:${facility.id}&tab=list&lang=en&theme=night`,
        });
        await page.waitForSelector('#card .axes');
        const state = await page.evaluate(() => window.hazatlas.state);
        equal([state.lang, state.theme, state.tab, state.heat.by, state.minScore, state.layers.heat, state.layers.names, state.card.id],
            ['en', 'night', 'list', 'quantity', 0.5, true, false, facility.id], 'state');
        check(Math.abs(state.view.zoom - 12.5) < 0.01 && Math.abs(state.view.lon - facility.lon) < 0.001, 'place', state.view);
        const before = await page.evaluate(() => location.hash);
        await page.reload();
        await mapIdle(page);
        await page.waitForSelector('#card .axes');
        equal(await until(() => page.evaluate(() => location.hash), 'an address'), before, 'the same address after a reload');
    },

    async 'the list says in text what the map shows'(browse) {
        const facility = await someFacility();
        const { page } = await browse({ hash: `#map=15/${facility.lat}/${facility.lon}&tab=list` });
        await until(async () => (await page.locator('#pane-list .row').count())
            && (await page.textContent('#pane-list')).includes(facility.name), 'the facility in the list');
        await page.locator('#pane-list .row', { hasText: facility.name }).first().click();
        await page.waitForSelector('#card .axes');
    },
}));
