#!/usr/bin/env node
// The page of data quality: its figures are the server's, tables sort, days are asked anew, links lead to file and map.
import('./harness.mjs').then(({ AXE, BASE, check, equal, get, importText, mapIdle, scan, suite, undo, until, violations }) => {
    const TARGETS = 'button, input, a';
    const EVIL = '<img src=x onerror="window.evil=1">';

    async function openPage(browse, hash = '', options = {}) {
        const { page, seen } = await browse({ hash: `quality.html#${hash}`, map: false, init: AXE, ...options });
        await page.waitForSelector('#summary, #no-data, #quality-fault');
        return { page, seen };
    }

    const number = (text) => Number(text.replace(/[^\d.-]/g, ''));
    const column = (page, table, index) => page.locator(`#${table} tbody tr`).evaluateAll((rows, at) => rows.map((row) => row.children[at].textContent), index);

    // An import of which one row is kept aside; gives the number of its batch.
    const importPlaces = async (source) => (await importText('places', source, 'places.csv',
        '種類,編號,名稱,縣市,經度,緯度\n醫院,Q1,甲,臺北市,121.5,25.03\n怪物,Q2,乙,臺北市,121.5,25.03\n')).batch;

    return suite({
        async 'figures are the server\'s; rows at fault can be had as a file'(browse) {
            const source = `quality-${process.pid}`, batch = await importPlaces(source);
            try {
                const { page, seen } = await openPage(browse);
                const { sources, counties, holdings } = await get('api/v1/quality');
                equal(await page.locator('#sources-table tbody tr').count(), sources.length, 'sources');
                const read = sources.reduce((sum, item) => sum + item.rows_in, 0), bad = sources.reduce((sum, item) => sum + item.rejected, 0);
                const [usable, all] = (await page.textContent('#figure-usable .hint')).split('/').map(number);
                equal([usable, all], [read - bad, read], 'usable rows');
                check(bad > 0 && !(await page.textContent('#figure-usable strong')).startsWith('100'), 'less than all is not rounded up to all');
                equal((await column(page, 'holdings-table', 1)).map(number), holdings.map((item) => item.holdings), 'holdings');
                equal(await page.locator('#counties-table tbody tr').count(), counties.length, 'counties');
                const row = page.locator('#sources-table tbody tr', { hasText: source });
                equal((await row.locator('td').allTextContents()).slice(2, 8).map(number), [1, 2, 1, 0, 0, 1], 'what became of its rows');
                check((await row.textContent()).includes('50%') && (await row.locator('.bar-part').getAttribute('width')) === '50', 'share and bar');
                check((await row.textContent()).includes('關鍵欄位無法讀取'), 'the reason in words');
                const text = await (await fetch(await row.locator('a').getAttribute('href'))).text();
                check(text.includes('怪物') && !text.includes('Q1'), 'the row at fault', text);
                await page.click('#batches summary');
                check((await page.textContent('#batches-table tbody tr')).startsWith(String(batch)), 'the latest import stands first');
                equal(await violations(page), [], 'violations of the content security policy');
                equal([seen.errors, seen.foreign], [[], []], 'errors and requests to other hosts');
            } finally {
                await undo(batch);
            }
        },

        async 'counties sort by any heading, what is unknown last'(browse) {
            const { page } = await openPage(browse);
            const { counties } = await get('api/v1/quality');
            for (const [key, at] of [['facilities', 1], ['holdings', 5]]) {
                await page.click(`[data-sort="${key}"]`);
                equal(await page.locator('#counties-table th[aria-sort]').getAttribute('aria-sort'), 'descending', `${key}: said to be sorted`);
                equal(await page.evaluate(() => document.activeElement.dataset.sort), key, 'focus stays');
                const found = (await column(page, 'counties-table', at)).map(number);
                const wanted = counties.filter((item) => item.code).map((item) => item[key]).sort((a, b) => b - a);
                equal(found.slice(0, wanted.length), wanted, `${key}: largest first`);
                await page.keyboard.press('Enter');
                equal((await column(page, 'counties-table', at)).map(number).slice(0, wanted.length), [...wanted].reverse(), `${key}: smallest first`);
            }
            equal((await page.locator('#counties-table tfoot td').allTextContents()).slice(0, 2).map(number),
                ['facilities', 'missing'].map((name) => counties.reduce((sum, item) => sum + item[name], 0)), 'the sums');
        },

        async 'what has no share stands last in either direction, what has no county last of all'(browse) {
            const real = await get('api/v1/quality');
            const county = (code, missing_share) => ({ ...real.counties[0], code, name: code ?? null, name_en: code ?? null, missing_share });
            const body = JSON.stringify({ ...real, counties: [county('a', 0), county('b', null), county('c', 0.5), county('d', null), county(null, 0.25)] });
            const { page } = await openPage(browse, '', { route: (own) => own.route('**/api/v1/quality*', (route) => route.fulfill({ contentType: 'application/json', body })) });
            const names = async () => (await column(page, 'counties-table', 0)).join(' ');
            await page.click('[data-sort="missing_share"]');
            equal(await names(), 'c a b d 縣市不明', 'largest first');
            await page.click('[data-sort="missing_share"]');
            equal(await names(), 'a c b d 縣市不明', 'smallest first');
        },

        async 'another day is asked anew and stands in the address; the map shows what is doubtful'(browse) {
            const { page } = await openPage(browse);
            await page.fill('#today', '2024-02-29');
            await page.fill('#overdue-days', '7');
            await page.click('#ask-overdue');
            const { overdue } = await get('api/v1/quality?today=2024-02-29&overdue_days=7');
            await until(async () => page.url().includes('today=2024-02-29') && page.url().includes('overdue_days=7'), 'the address');
            equal((await column(page, 'declared-table', 2)).map(number), overdue.declarations.map((item) => item.overdue), 'overdue');
            equal(await page.evaluate(() => document.activeElement.id), 'ask-overdue', 'focus stays');
            await page.reload();
            await page.waitForSelector('#summary');
            equal([await page.inputValue('#today'), await page.inputValue('#overdue-days')], ['2024-02-29', '7'], 'as the address says');
            await page.click('#map-missing_positions');
            await mapIdle(page);
            await until(() => page.evaluate(() => Boolean(window.hazatlas.map.getLayer('missing_positions-fill'))), 'the layer on the map');
        },

        async 'nothing there, hostile names, and what failed'(browse) {
            const real = await get('api/v1/quality');
            const nothing = { ...real, sources: [], batches: [], holdings: [], positions: [], counties: [], overdue: { declarations: [], validity: [] } };
            const evil = { ...real, sources: [{ ...real.sources[0], title: EVIL, reasons: [{ code: EVIL, rows: 1 }] }],
                counties: [{ ...real.counties[0], name: EVIL, name_en: EVIL }] };
            let body = nothing;
            const { page } = await openPage(browse, '', { route: (own) => own.route('**/api/v1/quality*', (route) => (body
                ? route.fulfill({ contentType: 'application/json', body: JSON.stringify(body) }) : route.continue())) });
            check((await page.textContent('#no-data')).includes('匯入'), 'where to begin');
            await scan(page, 'empty', TARGETS);
            body = evil;
            await page.reload();
            await page.waitForSelector('#summary');
            check((await page.textContent('#sources-table')).includes(EVIL) && (await page.textContent('#counties-table')).includes(EVIL), 'names as text');
            equal(await page.evaluate(() => [typeof window.evil, document.querySelectorAll('main img').length]), ['undefined', 0], 'nothing ran');
            body = null;
            await page.goto(`${BASE}quality.html#today=yesterday`);
            await page.reload();
            await page.waitForSelector('#quality-fault');
            check((await page.textContent('#quality-fault')).includes('today must be a day'), 'what failed');
            await scan(page, 'error', TARGETS);
        },

        async 'WCAG 2.2 AA by day and night, in both languages, on phones'(browse) {
            for (const options of [{}, { night: true, lang: 'en' }, { phone: true }]) {
                const { page } = await openPage(browse, `lang=${options.lang ?? 'zh'}`, options);
                await page.locator('#batches').evaluate((element) => { element.open = true; });
                await scan(page, JSON.stringify(options), TARGETS);
            }
        },
    });
});
