#!/usr/bin/env node
// A file is dropped on the page of imports, looked at, imported, mended, undone; its records are drawn and have cards.
import('./harness.mjs').then(({ AXE, check, equal, get, late, mapIdle, scan, settled, suite, undo, until, violations }) => {
    const SOURCE = `page-${process.pid}`;
    const FILE = '種類,編號,名稱,縣市,經度,緯度\n醫院,Z1,測試醫院,臺北市,121.5430,25.0260\n避難所,Z2,測試避難所,臺北市,121.5440,25.0265\n怪物,Z3,不知,台北市,121.5,25.03\n';

    async function openPage(browse, options = {}) {
        const { page, seen } = await browse({ hash: `imports.html${options.lang ? `#lang=${options.lang}` : ''}`, map: false, init: AXE, ...options });
        await until(() => page.locator('#kind option').count().then((n) => n > 5), 'kinds');
        return { page, seen };
    }

    async function fill(page, text, source = SOURCE, name = 'places.csv') {
        await page.setInputFiles('#file', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
        await page.selectOption('#kind', 'places');
        await page.fill('#source', source);
    }

    const number = async (page, id) => Number((await page.textContent(`#rows-${id}`)).replace(/,/g, ''));
    const ended = (page, state) => page.waitForSelector(`#job[data-state="${state}"]`);

    return suite({
        async 'a file is looked at, imported, and undone'(browse) {
            const { page, seen } = await openPage(browse);
            await fill(page, FILE);
            await page.click('#preview');
            await ended(page, 'done');
            equal(await number(page, 'new'), 2, 'rows that would be new');
            equal(await number(page, 'rejected'), 1, 'rows that would be kept aside');
            check((await page.textContent('.first-rows')).includes('測試醫院'), 'first rows');
            const before = (await get('api/v1/records')).kinds.find(({ kind }) => kind === 'places').records;
            await page.click('#import-for-good');
            await page.waitForSelector('#rejected');
            const count = async () => (await get('api/v1/records')).kinds.find(({ kind }) => kind === 'places').records;
            equal(await count(), before + 2, 'records');
            const rejected = await (await fetch(await page.getAttribute('#rejected', 'href'))).text();
            check(rejected.includes('怪物') && rejected.includes('Z3') && !rejected.includes('Z1'), 'only the row at fault', rejected);
            const row = page.locator('.history tbody tr', { hasText: SOURCE }).first();
            await row.locator('button').click();
            await page.click('#undo-yes');
            await until(async () => (await page.locator('.history tr.undone', { hasText: SOURCE }).count()) === 1, 'the batch to be undone');
            equal(await count(), before, 'records as before');
            equal(await violations(page), [], 'violations of the content security policy');
            equal(seen.errors, [], 'errors');
            equal(seen.foreign, [], 'requests to other hosts');
        },

        async 'a dropped file is taken; another column is chosen for a field'(browse) {
            const { page } = await openPage(browse);
            await page.evaluate((text) => {
                const data = new DataTransfer();
                data.items.add(new File([text], 'dropped.csv', { type: 'text/csv' }));
                document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
            }, '類別,名稱,別名,經度,緯度\n醫院,甲,乙院,121.5,25.03\n');
            check((await page.textContent('#drop')).includes('dropped.csv'), 'the name of the file');
            await page.selectOption('#kind', 'places');
            await page.fill('#source', `${SOURCE}-drop`);
            await page.click('#preview');
            await ended(page, 'done');
            await page.locator('#mapping').evaluate((element) => { element.open = true; });
            await page.selectOption('[data-field="name"]', '別名');
            await until(async () => (await page.locator('#job[data-state="done"] .first-rows').count())
                && (await page.textContent('.first-rows')).includes('乙院'), 'the other column');
            check(!(await page.textContent('.first-rows')).includes('甲'), 'the first column is not taken');
        },

        async 'the form keeps focus, caret, words and what is unfolded when it is drawn anew'(browse) {
            const kept = late('**/api/v1/kinds');
            const { page } = await browse({ hash: 'imports.html', map: false, route: kept.route });
            await kept.asked();
            await page.fill('#source', 'epa-prtr');
            await page.evaluate(() => document.getElementById('source').setSelectionRange(3, 4));
            await kept.release(page);
            await until(() => page.locator('#kind option').count().then((n) => n > 5), 'kinds');
            await page.keyboard.type('_');
            equal(await page.inputValue('#source'), 'epa_prtr', 'typed where the caret was');
            await page.locator('#more > summary').focus();
            await page.keyboard.press('Enter');
            await page.click('#lang');
            await until(async () => (await page.textContent('#import-now')) === 'Import now', 'English');
            check(await page.locator('#more').evaluate((element) => element.open), 'still unfolded');
            await page.locator('#import-now').focus();
            await page.keyboard.press('Enter');
            await page.waitForSelector('#import-form .error');
            equal(await page.evaluate(() => document.activeElement.id), 'import-now', 'the button that was pressed');
            await page.selectOption('#kind', 'places');
            await page.waitForSelector('#import-form a[download]');
            check(await page.locator('#more').evaluate((element) => element.open), 'unfolded after another kind, too');
        },

        async 'the focus goes along when an import is undone or is not'(browse) {
            const { page } = await openPage(browse);
            await fill(page, FILE, `${SOURCE}-keys`);
            await page.click('#import-now');
            await ended(page, 'done');
            const row = page.locator('.history tbody tr', { hasText: `${SOURCE}-keys` });
            await row.locator('button').focus();
            const id = await page.evaluate(() => document.activeElement.id);
            const at = () => page.evaluate(() => document.activeElement.id);
            await page.keyboard.press('Enter');
            equal(await at(), 'undo-yes', 'the question');
            await page.keyboard.press('Tab');
            await page.keyboard.press('Enter');
            equal(await at(), id, 'back at the button');
            await page.keyboard.press('Enter');
            await page.keyboard.press('Enter');
            await until(async () => (await page.locator('.history tr.undone', { hasText: `${SOURCE}-keys` }).count()) === 1, 'the batch to be undone');
            check(await page.evaluate(() => document.getElementById('import-history').contains(document.activeElement)), 'the focus stays in the list');
        },

        async 'kinds that do not come are said, with another try'(browse) {
            const { page } = await browse({ hash: 'imports.html', map: false, route: (own) => own.context().route('**/api/v1/kinds', (route) => route.abort()) });
            await page.waitForSelector('#import-form [role=alert]');
            await page.context().unroute('**/api/v1/kinds');
            await page.click('#import-form [role=alert] button');
            await until(() => page.locator('#kind option').count().then((n) => n > 5), 'kinds');
            equal(await page.locator('#import-form [role=alert]').count(), 0, 'no error any more');
        },

        async 'what cannot be read is said, and nothing changes'(browse) {
            const { page } = await openPage(browse);
            const { atlas } = await get('api/v1/status');
            await page.click('#preview');
            check((await page.textContent('#import-form .error')).includes('檔案'), 'a file is wanted');
            await fill(page, 'a,b\n1,2\n');
            await page.click('#import-now');
            await ended(page, 'failed');
            check((await page.textContent('#job .error')).includes('name'), 'the missing column is named');
            await fill(page, FILE, SOURCE, 'places.xyz');
            await page.click('#import-now');
            await until(async () => (await page.textContent('#import-job .error')).includes('.xlsx'), 'the formats that are read');
            equal((await get('api/v1/status')).atlas.number, atlas.number, 'number of the atlas');
        },

        async 'what comes late of an earlier file is not taken for the last one'(browse) {
            const upload = late('**/api/v1/imports?*', { method: 'POST' }), poll = late(/\/api\/v1\/imports\/\d+$/), batches = late('**/api/v1/batches?*');
            const { page } = await openPage(browse, { route: async (own) => {
                await own.context().route('**/events', (route) => route.abort());       // so that jobs are asked for
                await batches.route(own);
                await upload.route(own);
            } });
            await fill(page, FILE, `${SOURCE}-late`, 'first.csv');
            await page.click('#preview');
            await upload.asked();
            await fill(page, FILE, `${SOURCE}-late`, 'second.csv');
            await page.click('#preview');
            await settled(page);
            check(!await page.locator('#import-job .error').count(), 'the first one taken back is no error of the second');
            await until(async () => (await page.locator('#job[data-state="done"] h2', { hasText: 'second.csv' }).count()), 'the second');
            await upload.release(page);
            check((await page.textContent('#job h2')).includes('second.csv'), 'stays');
            await poll.route(page);
            await page.click('#preview');
            await poll.asked();
            await fill(page, FILE, `${SOURCE}-late`, 'third.csv');
            await page.click('#import-now');
            await until(async () => (await page.locator('#job[data-state="done"] h2', { hasText: 'third.csv' }).count()), 'the third');
            await poll.release(page);
            check((await page.textContent('#job h2')).includes('third.csv'), 'stays, too');
            await batches.release(page);
            await until(async () => (await page.locator('.history tbody tr', { hasText: `${SOURCE}-late` }).count()) === 1, 'it is in the list of imports');
            const [{ id }] = (await get(`api/v1/batches?source=${SOURCE}-late`)).batches;
            await undo(id);
        },

        async 'records are drawn, and a tap opens their card'(browse) {
            const { page } = await openPage(browse);
            await fill(page, FILE, `${SOURCE}-map`);
            await page.click('#import-now');
            await ended(page, 'done');
            const { page: map } = await browse({ hash: '#map=17/25.0262/121.5435&layers=places' });
            await until(() => map.evaluate(() => window.hazatlas.map.getLayer('places-point')
                && window.hazatlas.map.queryRenderedFeatures({ layers: ['places-point'] }).length >= 2), 'two places');
            await mapIdle(map);
            const at = await map.evaluate(() => window.hazatlas.map.project([121.5430, 25.0260]));
            const box = await map.locator('#map').boundingBox();
            await map.mouse.click(box.x + at.x, box.y + at.y);
            await map.waitForSelector('#card h2');
            await until(async () => (await map.textContent('#card')).includes('測試醫院'), 'the card');
            check((await map.textContent('#card')).includes('places.csv'), 'where it came from');
            check(/card=record:places:\d+/.test(await map.evaluate(() => decodeURIComponent(location.hash))) || await until(() =>
                map.evaluate(() => /card=record:places:\d+/.test(decodeURIComponent(location.hash))), 'the address'), 'the address');
            const { batches } = await get(`api/v1/batches?source=${SOURCE}-map`);
            await undo(batches[0].id);
        },

        async 'WCAG 2.2 AA by day and night, in both languages, on phones'(browse) {
            for (const options of [{}, { night: true, lang: 'en' }, { phone: true }]) {
                const { page } = await openPage(browse, options);
                await fill(page, FILE);
                await page.locator('#more').evaluate((element) => { element.open = true; });
                await page.click('#preview');
                await ended(page, 'done');
                await scan(page, JSON.stringify(options), '.history .num a, .history .btn');
                check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1), 'no sideways scrolling', JSON.stringify(options));
            }
        },
    });
});
