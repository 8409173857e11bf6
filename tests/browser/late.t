#!/usr/bin/env node
// A slow answer to an earlier wish neither overtakes that to a later one nor spoils what a person does meanwhile.
import('./harness.mjs').then(({ BASE, check, equal, get, late, settled, someFacility, suite, until }) => {
    const hash = (page, text) => page.evaluate((wanted) => { location.hash = wanted; }, text);
    const post = async (path, body) => (await fetch(new URL(path, BASE), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json();

    return suite({
        async 'radar: the name of the substance is that of the chosen one'(browse) {
            const [first, second] = ['7782-50-5', '71-43-2'], kept = late(`**/api/v1/substances/${first}`);
            const { page } = await browse({ hash: `radar.html#cas=${first}`, map: false, route: kept.route });
            await kept.asked();
            await hash(page, `lang=en&cas=${second}`);
            await until(async () => /\S 71-43-2/.test(await page.textContent('#filters-taken')), 'the second by name');
            const name = await page.textContent('#filters-taken');
            await kept.release(page);
            equal(await page.textContent('#filters-taken'), name, 'and it stays');
        },

        async 'radar: regions of the chosen kind only, and no endless wait for those that do not come'(browse) {
            const kept = late('**/api/v1/radar/regions*', { most: 2 });
            const { page } = await browse({ hash: 'radar.html', map: false, route: kept.route });
            await kept.asked();
            await page.check('input[name=regions-by][value=hexagon]', { force: true });
            await kept.release(page);
            await kept.asked(2);
            equal(await page.locator('#regions-table [data-region]').count(), 0, 'no counties as hexagons');
            await kept.release(page, 1);
            await until(async () => /^h5000/.test(await page.getAttribute('#regions-table [data-region]', 'data-region')), 'hexagons');
            await page.context().route('**/api/v1/radar/regions*', (route) => route.abort());
            await page.check('input[name=regions-by][value=township]', { force: true });
            await page.waitForSelector('#regions-fault');
            equal(await page.locator('#radar-regions .loading').count(), 0, 'what failed is not waited for');
        },

        async 'radar: a link with a run has the trend of regions, though the runs come last'(browse) {
            const kept = late('**/api/v1/radar/runs'), { id } = await post('api/v1/radar/runs', { name: `late-${process.pid}` });
            try {
                const { page } = await browse({ hash: `radar.html#from=${id}`, map: false, route: kept.route });
                await page.waitForSelector('#regions-table tbody tr');
                await kept.asked();
                await kept.release(page);
                await until(async () => (await page.locator('#regions-table tbody tr:first-child td').allTextContents()).some((text) => /^[+−]/.test(text)), 'the trend');
            } finally {
                await fetch(new URL(`api/v1/radar/runs/${id}`, BASE), { method: 'DELETE' });
            }
        },

        async 'radar: a saved run stays in the list'(browse) {
            const kept = late('**/api/v1/radar/runs'), name = `late-${process.pid}`;
            try {
                const { page } = await browse({ hash: 'radar.html', map: false, route: kept.route });
                await kept.asked();
                await page.fill('#run-name', name);
                await page.click('#run-save');
                await until(async () => (await get('api/v1/radar/runs')).runs.some((run) => run.name === name), 'the run to be saved');
                await kept.release(page);
                await until(async () => (await page.locator('#runs-table').count()) && (await page.textContent('#runs-table')).includes(name), 'the run in the list');
            } finally {
                const { runs } = await get('api/v1/radar/runs');
                for (const run of runs.filter((item) => item.name === name)) await fetch(new URL(`api/v1/radar/runs/${run.id}`, BASE), { method: 'DELETE' });
            }
        },

        async 'weights keep the focus when the names of their axes come'(browse) {
            for (const [place, map] of [['', true], ['radar.html', false]]) {
                const kept = late('**/api/v1/radar/facilities?limit=1');
                const { page } = await browse({ hash: place, map, route: kept.route });
                await kept.asked();
                await page.focus('#weights-H');
                await page.keyboard.press('ArrowRight');
                await kept.release(page);
                await until(async () => (await page.textContent('label[for=weights-H]')).length > 3, 'the name');
                await page.keyboard.press('ArrowRight');
                equal(await page.inputValue('#weights-H'), '32', `two steps, ${place}`);
            }
        },

        async 'quality: the day that was asked for last'(browse) {
            const { page } = await browse({ hash: 'quality.html', map: false });
            await page.waitForSelector('#overdue-days');
            const kept = late('**/api/v1/quality?*');
            await kept.route(page);
            const wish = async (days) => {
                await page.fill('#overdue-days', days);
                await page.click('#ask-overdue');
            };
            await wish('111');
            await kept.asked();
            await wish('222');
            await until(() => page.url().includes('overdue_days=222'), 'the second');
            await kept.release(page);
            check(page.url().includes('overdue_days=222'), 'the address of the second', page.url());
            equal(await page.inputValue('#overdue-days'), '222', 'and its figures');
        },

        async 'checks: the quantities that were checked last'(browse) {
            const kept = late('**/api/v1/thresholds/check', { method: 'POST' });
            const { page } = await browse({ hash: 'checks.html', map: false, route: kept.route });
            await page.fill('#hand-item-0', '無機過氧化物');
            const wish = async (quantity) => {
                await page.fill('#hand-quantity-0', quantity);
                await page.click('#hand-check');
            };
            await wish('11');
            await kept.asked();
            await wish('22');
            await until(async () => (await page.locator('#hand-result .sum').count()) && (await page.textContent('#hand-result .sum')).startsWith('22'), 'the second');
            await kept.release(page);
            check((await page.textContent('#hand-result .sum')).startsWith('22'), 'stays', await page.textContent('#hand-result'));
        },

        async 'search: results do not come back over what was chosen'(browse) {
            const { page } = await browse();
            const kept = late('**/api/v1/search*');
            await page.fill('#search-input', '公司');
            await page.waitForSelector('#search-list [role=option]');
            await kept.route(page);
            await page.fill('#search-input', '股份有限公司');
            await kept.asked();
            await page.locator('#search-list [role=option]').first().click();
            await page.waitForSelector('#card .axes');
            await kept.release(page);
            check(await page.isHidden('#search-list'), 'the list stays closed');
        },

        async 'packet: card and map show the same one; without it there is no way back to it'(browse) {
            const facility = await someFacility();
            const [a, b] = await Promise.all([['small', 120.31], ['large', 120.32]].map(([spill, lon]) => post('api/v1/packets', { lon, lat: 22.6, spill })));
            const { page } = await browse({ hash: `#packet=${a.id}&card=packet` });
            await page.waitForSelector('#card .distances');
            await hash(page, `packet=${b.id}&card=packet`);
            await until(async () => (await page.textContent('#card h2')).includes('120.32'), 'the card of the second');
            await hash(page, `packet=${b.id}&card=facility:${facility.id}`);
            await page.waitForSelector('#card .axes');
            check(await page.locator('#card .back').count(), 'a way back');
            await page.click('.chip.packet .chip-close');
            await until(async () => !await page.locator('#card .back').count(), 'none without a packet');
        },

        async 'packet: of two that are made, the last'(browse) {
            const kept = late('**/api/v1/packets', { method: 'POST' });
            const { page } = await browse({ hash: '#map=12/22.62/120.33', route: kept.route });
            await page.click('#incident-centre');
            await page.click('form.incident [type=submit]');
            await kept.asked();
            await page.mouse.click(800, 300, { button: 'right' });
            await until(async () => !await page.isDisabled('form.incident [type=submit]'), 'another form');
            await page.click('form.incident [type=submit]');
            await page.waitForSelector('#card .distances');
            const [title, { packet }] = [await page.textContent('#card h2'), await page.evaluate(() => window.hazatlas.state)];
            await kept.release(page);
            equal([await page.textContent('#card h2'), await page.evaluate(() => window.hazatlas.state.packet)], [title, packet], 'the second stays');
        },

        async 'heat: maps take the theme and the place of the moment, however long their tiles are out'(browse) {
            const kept = late('**/tiles/heat.json*', { most: 2 });
            const { page } = await browse({ hash: 'heat.html#a=by%3Dcount&b=by%3Dquantity&map=9/22.7/120.4', map: false, route: kept.route });
            await kept.asked();
            await page.click('#theme');
            await page.focus('#map-a canvas');
            for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
            await kept.release(page);
            await kept.asked(2);
            await kept.release(page, 1);
            await until(() => page.evaluate(() => Boolean(window.hazatlas?.maps)), 'both maps');
            const looks = () => page.evaluate(() => Object.values(window.hazatlas.maps).map(({ map }) => [map.getPaintProperty('sea', 'background-color'), map.getCenter().lng.toFixed(4),
                /theme=night/.test(map.getSource('heat')?.tiles[0])]));
            await until(async () => { const [a, b] = await looks(); return JSON.stringify(a) === JSON.stringify(b) && a[2]; }, 'both alike').catch(async (error) => check(false, error.message, await looks()));
            equal((await looks())[0][0], '#0a1014', 'the night\'s sea');
            check(Number((await looks())[0][1]) > 120.41, 'where A was moved to', await looks());
        },

        async 'layers: the newest counts of records'(browse) {
            let asked = 0, open = () => {};
            const gate = new Promise((resolve) => { open = resolve; });
            const { page } = await browse({ route: async (own) => {
                await own.route('**/api/v1/records', async (route) => {
                    const records = 4320 + (asked += 1), response = await route.fetch(), body = await response.json();
                    for (const kind of body.kinds) kind.records = kind.drawn = records;
                    if (records === 4321) await gate;
                    await route.fulfill({ response, json: body });
                });
            } });
            await until(() => page.evaluate(() => window.hazatlas.state.atlas > 0), 'the number of the atlas, which asks for them again');
            await settled(page);
            const answered = page.waitForResponse('**/api/v1/records');
            open();
            await (await answered).finished();
            await settled(page);
            await until(async () => /4,32[2-9]/.test(await page.textContent('#pane-layers')), 'newer counts');
        },
    });
});
