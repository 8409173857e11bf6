#!/usr/bin/env node
// The page of checks: lists are the server's, filters and language go into the address, quantities by hand are exact, all by keyboard.
import('./harness.mjs').then(({ AXE, BASE, check, equal, get, importText, scan, suite, undo, until, violations }) => {
    const TARGETS = 'button, input, select, a';

    async function openPage(browse, hash = '', options = {}) {
        const { page, seen } = await browse({ hash: `checks.html#${hash}`, map: false, init: AXE, ...options });
        await page.waitForSelector('.served .figures, .served .notice, .served .hint');
        return { page, seen };
    }

    const number = (text) => Number(text.replace(/[^\d.-]/g, ''));

    return suite({
        async 'regulated quantities: the list, its counts and its filters are the server\'s'(browse) {
            const { page, seen } = await openPage(browse);
            const wanted = await get('api/v1/thresholds/facilities?answer=report&limit=50');
            check(wanted.counts.report > 0, 'the sample has facilities that must report');
            await page.waitForSelector('#thresholds-table tbody tr');
            equal(number(await page.textContent('#figure-report strong')), wanted.counts.report, 'number that must report');
            equal(await page.locator('#thresholds-table tbody tr').count(), Math.min(50, wanted.matched), 'rows');
            equal(await page.locator('#thresholds-table .sum').allTextContents(), wanted.facilities.map((row) => row.arithmetic), 'arithmetic');
            await page.selectOption('#check-answer', 'undecided');
            const undecided = await get('api/v1/thresholds/facilities?answer=undecided&limit=50');
            await until(async () => (await page.locator('#thresholds-table tbody tr').count()) === Math.min(50, undecided.matched)
                && (await page.locator('#thresholds-table .verdict.report').count()) === 0, 'the undecided');
            check((await page.evaluate(() => location.hash)).includes('answer=undecided'), 'the address says so');
            const again = await openPage(browse, 'lang=en&answer=undecided');
            await again.page.waitForSelector('#thresholds-table tbody tr');
            equal(await again.page.inputValue('#check-answer'), 'undecided', 'a link keeps the filter');
            equal(await again.page.textContent('h1'), 'Quantity checks', 'in English');
            const file = await (await fetch(await page.getAttribute('#thresholds-csv', 'href'))).text();
            equal(file.trim().split('\n').length - 1 >= undecided.matched, true, 'the file has all rows');
            equal(await violations(page), [], 'violations of the content security policy');
            equal([seen.errors, seen.foreign], [[], []], 'errors and requests to other hosts');
        },

        async 'pages go on and back'(browse) {
            const { page } = await openPage(browse, 'answer=all');
            await page.waitForSelector('#thresholds-table tbody tr');
            const second = await get('api/v1/thresholds/facilities?answer=all&limit=50&after=50');
            await page.click('#thresholds-next');
            await until(async () => (await page.textContent('#thresholds-table tbody tr >> nth=0')).includes(second.facilities[0].name), 'the second page');
            await page.click('#thresholds-before');
            await until(async () => page.isDisabled('#thresholds-before'), 'the first page');
        },

        async 'quantities by hand: 20/50 + 40/50 is 1.2 and must be reported, by keyboard alone'(browse) {
            const { page } = await openPage(browse);
            await page.focus('#hand-item-0');
            await page.keyboard.type('無機過氧化物');
            await page.keyboard.press('Tab');
            await page.keyboard.type('20');
            await page.focus('#hand-add');
            await page.keyboard.press('Enter');
            equal(await page.evaluate(() => document.activeElement.id), 'hand-item-1', 'focus on the new row');
            await page.keyboard.type('75-15-0');
            await page.keyboard.press('Tab');
            await page.keyboard.type('40');
            await page.selectOption('#hand-unit-1', 'L');
            await page.focus('#hand-check');
            await page.keyboard.press('Enter');
            await page.waitForSelector('#hand-result .verdict.report');
            const sum = await page.textContent('#hand-result .sum');
            check(/20\/50/.test(sum) && /40\/50/.test(sum) && /= 1\.2$/.test(sum), 'arithmetic', sum);
            await page.fill('#hand-quantity-1', '30');
            await page.click('#hand-check');
            await page.waitForSelector('#hand-result .verdict.below');
            check((await page.textContent('#hand-result .sum')).endsWith('= 1'), 'exactly 1 is not more than 1');
            await page.check('#hand-compare', { force: true });
            await page.click('#hand-check');
            await page.waitForSelector('#hand-result .verdict.report');
            await page.fill('#hand-quantity-1', 'viel');
            await page.click('#hand-check');
            await page.waitForSelector('#hand .notice');
        },

        async 'the priority order says what decided'(browse) {
            const body = '公司,國內總計,國外總計,貝氏風險,連結中心性\n甲,4,0,黃,0.1\n乙,4,0,紅,0.01\n<b>丙</b>,9,0,NA,0\n';
            const { batch } = await importText('priority', `checks-${process.pid}`, 'p.csv', body);
            try {
                const { page } = await openPage(browse, 'kind=priority');
                await page.waitForSelector('#priority-table tbody tr');
                equal(await page.locator('#priority-table tbody tr').evaluateAll((rows) => rows.map((row) => [row.children[1].textContent, row.children[6].textContent])),
                    [['<b>丙</b>', '–'], ['乙', '國內總計'], ['甲', '貝氏風險']], 'order and what decided');
            } finally {
                await undo(batch);
            }
        },

        async 'anomalies: who calls it, by which limits, and the series are the server\'s'(browse) {
            const { page, seen } = await openPage(browse, 'kind=anomalies&method=either');
            const wanted = await get('api/v1/anomalies?method=either&window=yes&limit=50');
            check(wanted.anomalies.length > 1, 'the sample has anomalies');
            await page.waitForSelector('#anomalies-table tbody tr');
            const rows = await page.locator('#anomalies-table tbody tr').evaluateAll((all) => all.map((row) => ({ name: row.querySelector('.file-link').textContent,
                by: row.querySelector('.called').textContent, calls: [...row.querySelectorAll('.opinion')].map((item) => item.classList.contains('calls')),
                dots: row.querySelectorAll('.spark-dot').length, kind: row.querySelector('.kind-mark').classList.contains('high') ? 'high' : 'low', now: row.querySelector('.figure-now').textContent })));
            const called = { both: '兩者', mean: '平均法', median: '中位數法' };
            check(rows.every((row, at) => Math.abs(number(row.now) - wanted.anomalies[at].value.quantity) <= 1e-5 * wanted.anomalies[at].value.quantity), 'quantities', rows.map((row) => row.now));
            equal(rows.map((row) => [row.name, row.by, row.calls, row.dots, row.kind]), wanted.anomalies.map((item) => [item.name, called[item.called_by],
                [item.mean.kind !== 'none', item.median.kind !== 'none'], item.before.length, item.kind]), 'rows');
            const top = await page.locator('.spark').first().evaluate((spark) => [spark.querySelector('.spark-now').getAttribute('cy'), spark.querySelector('.spark-band').getAttribute('y')].map(Number));
            check(wanted.anomalies[0].kind !== 'high' || top[0] < top[1], 'what is too much stands over its band', top);
            equal(number(await page.textContent('#figure-both strong')), wanted.counts.both, 'by both');
            await page.selectOption('#anomaly-direction', 'low');
            const low = await get('api/v1/anomalies?method=either&kind=low');
            await until(async () => (await page.locator('#anomalies-table tbody tr').count()) === Math.min(50, low.matched) && !await page.locator('.kind-mark.high').count(), 'only the low ones');
            check((await page.evaluate(() => location.hash)).includes('direction=low'), 'the address says so');
            const { cas } = wanted.anomalies.find((item) => item.substance.cas).substance;
            await page.fill('#anomaly-cas', cas);
            await page.press('#anomaly-cas', 'Enter');
            await until(async () => (await page.locator('#anomaly-cas-taken button').count()) === 1, 'the substance is taken');
            await page.selectOption('#anomaly-direction', 'all');
            const one = await get(`api/v1/anomalies?method=either&limit=50&cas=${cas}`);
            await until(async () => JSON.stringify(await page.locator('#anomalies-table .file-link').allTextContents()) === JSON.stringify(one.anomalies.map((item) => item.name)), 'those of this substance');
            const file = await (await fetch(await page.getAttribute('#anomalies-csv', 'href'))).text();
            equal(file.trim().split('\n').length - 1, one.matched, 'the file has the same filters');
            equal([await violations(page), seen.errors, seen.foreign], [[], [], []], 'policy, errors, other hosts');
        },

        async 'the whitelist wants who and why, hides, counts, and gives back; in English and by keyboard'(browse) {
            const before = await get('api/v1/anomalies');
            const { page } = await openPage(browse, 'lang=en&kind=anomalies');
            await page.waitForSelector('#anomalies-table tbody tr');
            try {
                await page.focus('#allow-1 summary');
                await page.keyboard.press('Enter');
                await page.focus('#allow-1-by');
                await page.keyboard.type('Inspector');
                await page.focus('#allow-1 button[type=submit]');
                await page.keyboard.press('Enter');
                equal(await page.evaluate(() => document.activeElement.id), 'allow-1-reason', 'a reason is wanted');
                await page.keyboard.type('<i>yearly overhaul</i>');
                await page.focus('#allow-1 button[type=submit]');
                await page.keyboard.press('Enter');
                await until(async () => number(await page.textContent('#figure-allowed strong')) > before.counts.allowed, 'counted');
                check((await get('api/v1/anomalies')).matched < before.matched, 'not listed any more');
                await page.selectOption('#anomaly-allowed', 'only');
                await page.waitForSelector('[id^=disallow-]');
                check((await page.textContent('#anomalies-table')).includes('<i>yearly overhaul</i>'), 'the reason is text');
                await page.focus('[id^=disallow-]');
                await page.keyboard.press('Enter');
                await until(async () => !await page.locator('[id^=disallow-]').count(), 'given back');
                equal((await get('api/v1/anomalies')).matched, before.matched, 'listed again');
            } finally {
                for (const { id, by } of (await get('api/v1/anomalies/allowed')).allowed) {
                    if (by === 'Inspector') await fetch(new URL(`api/v1/anomalies/allowed/${id}`, BASE), { method: 'DELETE' });
                }
                await until(async () => (await get('api/v1/anomalies')).matched === before.matched, 'as before');
            }
        },

        async 'findings of the checks on the map: legend, badges, and the facility under one'(browse) {
            const { anomalies: [one] } = await get('api/v1/anomalies');
            const { position } = await get(`api/v1/facilities/${one.id}`);
            const { page } = await browse({ hash: `#map=17/${position.lat}/${position.lon}&layers=thresholds,anomalies,facilities,names` });
            const { hazatlas: { legend } } = await get('tiles/anomalies.json');
            equal(await page.locator('#legend-anomalies li').count(), legend.classes.length, 'classes');
            await page.waitForSelector('#legend-thresholds .unit');
            const badge = await until(() => page.evaluate(() => {
                const [found] = window.hazatlas.map.queryRenderedFeatures({ layers: ['anomalies-point'] });
                return found && found.properties.id;
            }), 'the badge');
            equal(badge, one.id, 'is the facility\'s');
            const at = await page.evaluate(([lon, lat]) => window.hazatlas.map.project([lon, lat]), [position.lon, position.lat]);
            const box = await page.locator('#map').boundingBox();
            await page.mouse.click(box.x + at.x + 11, box.y + at.y - 11);
            await until(async () => (await page.evaluate(() => window.hazatlas.state.card?.id)) === one.id, 'its card opens');
            equal((await page.getAttribute('a[href*="kind=anomalies"]', 'href')).startsWith('checks.html'), true, 'the list is one click away');
        },

        async 'accessible by day, by night and on a phone'(browse) {
            for (const options of [{}, { night: true }, { phone: true }]) {
                const { page } = await openPage(browse, '', options);
                await page.waitForSelector('#thresholds-table tbody tr');
                await scan(page, JSON.stringify(options), TARGETS);
                const list = await openPage(browse, 'kind=anomalies&method=either', options);
                await list.page.waitForSelector('#anomalies-table tbody tr');
                await list.page.click('#allow-1 summary');
                await scan(list.page, `anomalies ${JSON.stringify(options)}`, TARGETS);
            }
        },
    });
});
