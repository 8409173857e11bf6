#!/usr/bin/env node
// What goes wrong is said: markup in data, errors of the server, no server, no WebGL2, nonsense in the address.
import('./harness.mjs').then(({ check, equal, mapIdle, someFacility, suite, until, violations }) => {
    const EVIL = '<img src=x onerror="window.pwned=1"><b>甲</b>&amp;';

    const FAILS = { status: 503, contentType: 'application/problem+json', json: { title: 'Busy', detail: 'asked in vain' } };

    // place: what is opened; rows: what must not stand under the error, in `box`; wish(page) asks anew, of `path`, in vain.
    async function clears(browse, { place, box, rows, path, wish }) {
        const { page, seen } = await browse({ hash: place, map: false });
        await page.waitForSelector(`${box} :is(${rows})`);
        await page.context().route(path, (route) => route.fulfill(FAILS));
        await wish(page);
        await page.waitForSelector(`${box} [role=alert]`);
        check((await page.textContent(`${box} [role=alert]`)).includes('asked in vain'), 'why', await page.textContent(box));
        equal(await page.locator(`${box} :is(${rows})`).count(), 0, 'nothing of the earlier question');
        await page.context().unroute(path);
        await page.click(`${box} [role=alert] button`);
        await page.waitForSelector(`${box} :is(${rows})`);
        equal([await page.locator(`${box} [role=alert]`).count(), seen.errors], [0, []], 'all is well again');
        return page;
    }

    return suite({
        async 'an error clears the list of scores'(browse) {
            const page = await clears(browse, { place: 'radar.html', box: '#list-rows', rows: '#radar-table tr, .pager, #downloads', path: '**/api/v1/radar/facilities?*',
                wish: async (it) => {
                    await it.fill('#filter-min', '0.0001');
                    await it.press('#filter-min', 'Enter');
                } });
            check(/min_score=0\.0001/.test(await page.getAttribute('#download-csv', 'href')), 'what was asked for last');
        },

        async 'an error clears the regions, their legend and their map'(browse) {
            const page = await clears(browse, { place: 'radar.html', box: '#radar-regions', rows: '#regions-table tr, #regions-legend', path: '**/api/v1/radar/regions*',
                wish: (it) => it.press('#weights-H', 'ArrowRight') });
            await page.context().route('**/api/v1/radar/regions*', (route) => route.fulfill(FAILS));
            await page.press('#weights-H', 'ArrowRight');
            await page.waitForSelector('#regions-fault');
            await page.selectOption('#measure', 'mean');
            equal(await page.locator('#regions-table, #regions-legend, #region-list').count(), 0, 'another measure does not bring them back');
        },

        async 'an error clears the lists of checks'(browse) {
            await clears(browse, { place: 'checks.html#answer=all', box: '#thresholds', rows: 'table, .figures, .pager', path: '**/api/v1/thresholds/facilities?*',
                wish: (it) => it.selectOption('#check-compare', 'ge') });
            await clears(browse, { place: 'checks.html#kind=anomalies', box: '#anomalies', rows: 'table, .figures, .pager', path: '**/api/v1/anomalies?*',
                wish: (it) => it.selectOption('#anomaly-method', 'either') });
        },

        async 'an error clears the list of imports'(browse) {
            await clears(browse, { place: 'imports.html', box: '#import-history', rows: '.history', path: '**/api/v1/batches?*', wish: async (it) => {
                await it.setInputFiles('#file', { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') });
                await it.selectOption('#kind', 'places');
                await it.fill('#source', 'trouble');
                await it.click('#preview');
            } });
        },

        async 'an error clears the figures of quality; the day can be changed, and the other try asks for the same'(browse) {
            const page = await clears(browse, { place: 'quality.html', box: '#quality', rows: '#summary, table', path: '**/api/v1/quality?*', wish: async (it) => {
                await it.fill('#overdue-days', '77');
                await it.click('#ask-overdue');
            } });
            equal([await page.inputValue('#overdue-days'), await page.locator('#overdue-days').count()], ['77', 1], 'the days that were asked for');
            await page.context().route('**/api/v1/quality?*', (route) => (/overdue_days=78/.test(route.request().url()) ? route.fulfill(FAILS) : route.continue()));
            await page.fill('#overdue-days', '78');
            await page.press('#overdue-days', 'Enter');
            await page.waitForSelector('#quality-fault');
            await page.fill('#today', '2024-06-01');
            await page.fill('#overdue-days', '79');
            await page.press('#overdue-days', 'Enter');
            await page.waitForSelector('#summary');
            check((await page.textContent('#summary')).includes('2024-06-01'), 'the other day');
        },

        async 'an error clears the doubtful matches and their numbers'(browse) {
            await clears(browse, { place: 'review.html', box: '#main', rows: '#pair, #review-none', path: '**/api/v1/reviews?*',
                wish: async (it) => {
                    await it.check('input[name=subject][value=substance]', { force: true });
                    await it.waitForSelector('#fault');
                    check(!/\d/.test(await it.textContent('#status')), 'no numbers of the earlier list', await it.textContent('#status'));
                } });
        },

        async 'an error clears what two heat maps have in common'(browse) {
            await clears(browse, { place: 'heat.html#a=by%3Dcount&b=by%3Dquantity', box: '#heat-compared', rows: 'table, .figures', path: '**/api/v1/heat/compare?*',
                wish: (it) => it.selectOption('#a-radius', '5000') });
        },

        async 'a name that is markup is shown as text'(browse) {
            const facility = await someFacility();
            const { page } = await browse({
                hash: `#map=14/${facility.lat}/${facility.lon}&card=facility:${facility.id}&tab=list`,
                route: async (it) => {
                    await it.route(`**/api/v1/facilities/${facility.id}`, async (route) => {
                        const response = await route.fetch();
                        const body = await response.json();
                        body.name = body.address = EVIL;
                        body.aliases = [EVIL];
                        for (const item of body.substances) item.name_zh = EVIL;
                        await route.fulfill({ response, json: body });
                    });
                    await it.route('**/api/v1/facilities?*', async (route) => {
                        const response = await route.fetch();
                        const body = await response.json();
                        for (const item of body.facilities) item.name = EVIL;
                        await route.fulfill({ response, json: body });
                    });
                },
            });
            await page.waitForSelector('#card .axes');
            equal(await page.textContent('#card h2'), EVIL, 'title');
            await until(() => page.locator('#pane-list .row-name').count(), 'list');
            equal(await page.textContent('#pane-list .row-name >> nth=0'), EVIL, 'row of the list');
            equal(await page.evaluate(() => [window.pwned ?? null, document.querySelectorAll('#card img, #panel img').length]), [null, 0], 'nothing ran');
            equal(await violations(page), [], 'nothing had to be stopped');
        },

        async 'an error of the server is shown in its own words, with another try'(browse) {
            let broken = true;
            const { page } = await browse({
                hash: '#card=facility:1',
                route: (it) => it.route('**/api/v1/facilities/1', async (route) => {
                    if (!broken) return route.fulfill({ status: 404, contentType: 'application/problem+json', json: { title: 'gone', detail: 'second answer' } });
                    return route.fulfill({ status: 503, contentType: 'application/problem+json', json: { title: 'Busy', detail: '佇列已滿 <b>' } });
                }),
            });
            await page.waitForSelector('#card [role=alert]');
            check((await page.textContent('#card')).includes('佇列已滿 <b>'), 'the detail');
            broken = false;
            await page.click('#card [role=alert] .btn');
            await until(async () => (await page.textContent('#card')).includes('second answer'), 'the second answer');
        },

        async 'a layer that cannot come says why'(browse) {
            const { page } = await browse({
                route: (it) => it.route('**/tiles/heat.json*', (route) => route.fulfill({
                    status: 500, contentType: 'application/problem+json', json: { title: '錯誤', detail: 'heat is out' } })),
            });
            await page.click('#layer-heat', { force: true });
            await until(async () => (await page.textContent('#pane-layers')).includes('heat is out'), 'the reason');
        },

        async 'a lost connection is said within the next poll, and its return'(browse) {
            const { page } = await browse();
            await until(async () => (await page.textContent('#status')).includes('連線正常'), 'connected');
            await page.context().setOffline(true);
            await until(async () => (await page.textContent('#status')).includes('連線中斷'), 'lost');
            await page.fill('#search-input', '公司');
            await until(async () => (await page.textContent('#search-list')).includes('沒有回應'), 'the search says so too');
            await page.context().setOffline(false);
            await until(async () => (await page.textContent('#status')).includes('連線正常'), 'connected again');
        },

        async 'without WebGL2 search, list, card and packet still work'(browse) {
            const facility = await someFacility();
            const { page } = await browse({ args: ['--disable-3d-apis'], map: false, hash: `#map=14/${facility.lat}/${facility.lon}` });
            await page.waitForSelector('#no-map .notice');
            await page.fill('#search-input', facility.name);
            await until(() => page.locator('#search-list [role=option]').count(), 'results');
            await page.locator('#search-list [role=option]').first().click();
            await page.waitForSelector('#card .axes');
            await page.click('#card .card-body > .btn.danger');
            await page.click('form.incident [type=submit]');
            await page.waitForSelector('#card .distances');
            await until(() => page.locator('#pane-list .row').count(), 'list');
        },

        async 'nonsense in the address changes nothing'(browse) {
            const { page, seen } = await browse({
                hash: '#map=NaN/91/1e99&layers=%00,facilities&cas=<script>&county=..%2f&min=-5&card=facility:x&packet=../../etc&lang=xx&theme=pink&by=1',
            });
            const state = await page.evaluate(() => window.hazatlas.state);
            equal([state.cas, state.county, state.minScore, state.card, state.packet, state.lang, state.theme, state.heat.by],
                [null, '', 0, null, null, 'zh', 'auto', 'count'], 'state');
            await mapIdle(page);
            equal(seen.errors, [], 'errors');
        },
    });
});
