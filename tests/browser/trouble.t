#!/usr/bin/env node
// What goes wrong is said: markup in data, errors of the server, no server, no WebGL2, nonsense in the address.
import('./harness.mjs').then(({ check, equal, mapIdle, someFacility, suite, until, violations }) => {
    const EVIL = '<img src=x onerror="window.pwned=1"><b>甲</b>&amp;';

    return suite({
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
