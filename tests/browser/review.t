#!/usr/bin/env node
// Doubtful matches: files that leave some are imported, a person decides about them on the page, and all is undone.
import('./harness.mjs').then(({ AXE, BASE, check, equal, get, importText, late, mapIdle, scan, suite, undo, until, violations }) => {
    const TARGETS = 'button, input:not([type=radio]), textarea';
    const HEAD = '管制編號,工廠登記編號,統一編號,名稱,地址,經度,緯度\n';
    const EVIL = '<img src=x onerror="window.evil=1">';
    const A = `${HEAD}XR000001,,,頁測近處化工股份有限公司,桃園市中壢區東路1號,121.2200,24.9500\n`
        + 'XR000002,96000017,,頁測正名食品股份有限公司,桃園市蘆竹區正路1號,121.2900,25.0500\n'
        + `XR000003,,,"頁測${EVIL.replaceAll('"', '""')}化工股份有限公司",桃園市大園區單路1號,121.2000,25.0600\n`;
    const B = `${HEAD},96000012,,頁測近處化工(股)公司,桃園市中壢區乙路9號,121.2300,24.9500\n`
        + ',96000017,,頁測冒牌五金有限公司,桃園市八德區假路1號,121.2800,24.9300\n'
        + `,96000018,,"頁測${EVIL.replaceAll('"', '""')}化工(股)公司二廠",桃園市大園區單路1號,121.2000,25.0600\n`;
    const H = '管制編號,化學物質名稱,CAS No.,數量,單位,行為,起始日期,結束日期\nXR000001,甲醇,108-88-3,5,公斤,使用,2025-01-01,2025-03-31\n';

    const send = (kind, source, text) => importText(kind, source, `${source}.csv`, text);
    const latestBatch = async () => (await get('api/v1/batches?limit=1')).batches[0].id;
    const counts = async () => (await get('api/v1/reviews?limit=1')).counts;

    // Decisions are batches, too: all that came after `first` goes, the newest first.
    async function undoAfter(first) {
        const { batches } = await get('api/v1/batches?limit=100');
        for (const batch of batches.filter((item) => item.id > first && !item.undone).sort((a, b) => b.id - a.id)) await undo(batch.id);
    }

    async function withDoubts(fn) {
        const before = await counts(), first = await latestBatch();
        try {
            await send('facilities', 'xra', A);
            await send('facilities', 'xrb', B);
            await send('holdings', 'xra', H);
            const { reviews } = await get('api/v1/reviews?limit=1000');
            const of = (part, rule) => {
                const found = reviews.find((item) => item.left_key.startsWith(part) && (!rule || item.rule === rule));
                check(found, `a doubtful match of ${part}`, reviews.map((item) => `${item.left_key} ${item.right_key} ${item.rule}`));
                return found;
            };
            await fn({ apart: of('ems:XR000001'), number: of('ems:XR000002'), evil: of('ems:XR000003'), substance: of('108-88-3|', 'cas_name_differ'), before });
        } finally {
            await undoAfter(first);
        }
        equal(await counts(), before, 'doubtful matches as before');
    }

    async function openPage(browse, hash, options = {}) {
        const { page, seen } = await browse({ hash: `review.html#${hash}`, map: false, init: AXE, ...options });
        await page.waitForSelector('#pair, #review-none, #fault');
        return { page, seen };
    }

    const shownId = (page) => page.getAttribute('#pair', 'data-review').then(Number);
    const focused = (page) => page.evaluate(() => document.activeElement.id);
    const status = async (id) => (await get(`api/v1/reviews/${id}`)).status;

    return suite({
        async 'both sides, what differs, and a decision with mouse and keys'(browse) {
            await withDoubts(async ({ apart, number, before }) => {
                const { page, seen } = await openPage(browse, `id=${apart.id}`);
                equal(await shownId(page), apart.id, 'the one of the address');
                equal(await page.locator('.compare tr.is-differ th').allTextContents().then((list) => list.map((text) => text.slice(0, 2))),
                    ['名稱', '地址', '緯度'], 'rows that differ');
                check((await page.textContent('.compare tr.is-same')).includes('相同'), 'the same county in words');
                equal(await page.locator('mark.differ').first().textContent(), '份有限', 'what of the name differs');
                check((await page.textContent('.why')).includes('300 公尺至 5 公里'), 'the rule in words');
                check((await page.textContent('.where')).includes('1.01 公里'), 'the distance', await page.textContent('.where'));
                await page.click('#confirm');
                check((await page.textContent('#fault')).includes('決定的人'), 'who decides is wanted');
                equal(await focused(page), 'by', 'focus where it is missing');
                equal(await status(apart.id), 'open', 'nothing was decided');
                await page.fill('#by', '王小明');
                await page.fill('#note', '去過\n<b>');
                await page.click('#confirm');
                await page.waitForSelector('#last');
                const decided = await get(`api/v1/reviews/${apart.id}`);
                equal([decided.status, decided.decided_by, decided.note], ['confirmed', '王小明', '去過\n<b>'], 'the decision');
                equal(decided.left_id, decided.right_id, 'one facility');
                check((await page.textContent('#last')).includes('合併'), 'what it did');
                check(await shownId(page) !== apart.id, 'the next one');
                equal(await focused(page), 'review-title', 'focus on the next one');
                check((await page.textContent('#live')).includes(String((await counts()).open)), 'what is left is said');
                await page.click('#take-back');
                await until(async () => await status(apart.id) === 'open', 'the slip to be taken back');
                await page.goto(`${BASE}review.html#id=${number.id}`);
                await page.reload();
                await page.waitForSelector(`#pair[data-review="${number.id}"]`);
                equal(await page.inputValue('#by'), '王小明', 'who decided last');
                await page.focus('#note');
                await page.keyboard.press('r');
                equal(await status(number.id), 'open', 'typing decides nothing');
                await page.focus('#review-title');
                await page.keyboard.press('r');
                await until(async () => await status(number.id) === 'refused', 'the key to refuse');
                await page.waitForSelector('#last');
                await page.goto(`${BASE}review.html#status=refused&id=${number.id}`);
                await page.reload();
                await page.waitForSelector('#standing');
                check((await page.textContent('#standing')).includes('王小明'), 'by whom');
                equal(await page.locator('#refuse').count(), 0, 'it is refused already');
                await page.click('#reopen');
                await until(async () => await status(number.id) === 'open', 'it to be open again');
                check((await counts()).open > before.open, 'open ones');
                equal(await violations(page), [], 'violations of the content security policy');
                equal(seen.errors, [], 'errors');
                equal(seen.foreign, [], 'requests to other hosts');
            });
        },

        async 'hostile names stay text; states, subjects and the map; another was faster'(browse) {
            await withDoubts(async ({ apart, evil, substance }) => {
                const { page } = await openPage(browse, `id=${evil.id}`);
                check((await page.textContent('#review-title')).includes(EVIL), 'the name as text');
                equal(await page.evaluate(() => [window.evil, document.querySelectorAll('#pair img').length]), [null, 0].map((x) => x ?? undefined), 'nothing ran');
                await page.check('#subject input[value="substance"]');
                await until(async () => (await page.locator('#pair').count()) && (await page.textContent('.why')).includes('CAS'), 'substances');
                check(decodeURIComponent(new URL(page.url()).hash).includes('subject=substance'), 'the address', page.url());
                const { reviews } = await get('api/v1/reviews?subject=substance&limit=1000');
                for (let n = 0; await shownId(page) !== substance.id; n += 1) {
                    check(n < reviews.length, 'the doubtful substance is among them');
                    const now = await shownId(page);
                    await page.keyboard.press('Escape');
                    await page.focus('#review-title');
                    await page.keyboard.press('ArrowRight');
                    await until(async () => await shownId(page) !== now, 'the next one');
                }
                equal(await page.locator('.compare thead th').count(), 3, 'reported, by number, by name');
                await page.click('#keys summary');
                await page.locator('#keys-on').click();
                await page.fill('#by', '林');
                await page.focus('#review-title');
                await page.keyboard.press('c');
                const other = await fetch(new URL(`api/v1/reviews/${substance.id}`, BASE), { method: 'POST', headers: { 'Content-Type': 'application/json' },
                    body: JSON.stringify({ decision: 'confirm', by: '另一人' }) });
                equal(other.status, 200, 'keys that are off decide nothing; another decides');
                await page.click('#confirm');
                await until(() => page.locator('#fault').count(), 'the error');
                check((await page.textContent('#fault')).includes('另一人'), 'who was faster', await page.textContent('#fault'));

                await page.goto(`${BASE}review.html#id=${apart.id}`);
                await page.reload();
                await page.click('#on-map');
                await mapIdle(page);
                const drawn = await until(() => page.evaluate((ids) => {
                    const { map } = window.hazatlas;
                    const seen = map.queryRenderedFeatures({ layers: ['facility-points'] }).map((item) => item.properties.id ?? item.id);
                    return ids.every((id) => seen.map(String).includes(String(id)));
                }, [apart.left_id, apart.right_id]), 'both on the map');
                check(drawn, 'both');
            });
        },

        async 'another list does not get what comes late for the first'(browse) {
            await withDoubts(async ({ before }) => {
                const kept = late('**/api/v1/reviews?*');
                const { page } = await browse({ hash: 'review.html', map: false, route: kept.route });
                await kept.asked();
                await page.check('#status input[value="refused"]');
                const shown = () => page.evaluate(() => [document.querySelector('#pair')?.dataset.review ?? '', document.querySelector('.place-in')?.firstChild.textContent ?? '',
                    document.querySelector('#review-none')?.textContent ?? '', location.hash]);
                await until(async () => (await shown())[before.refused ? 0 : 2], 'the refused ones');
                const refused = await shown();
                await kept.release(page);
                await page.evaluate(() => document.querySelector('#keys-on').click());      // draws anew
                equal(await shown(), refused, 'the same still');
            });
        },

        async 'nothing to decide, and a server that does not answer'(browse) {
            const none = JSON.stringify({ reviews: [], counts: { open: 0, confirmed: 0, refused: 0 }, limit: 50, next: null });
            let answer = (route) => route.fulfill({ contentType: 'application/json', body: none });
            const { page } = await openPage(browse, '', { route: (own) => own.route('**/api/v1/reviews*', (route) => answer(route)) });
            check((await page.textContent('#review-none')).includes('沒有需要確認'), 'nothing to decide');
            await scan(page, 'empty', TARGETS);
            answer = (route) => route.abort();
            await page.check('#status input[value="refused"]');
            await page.waitForSelector('#fault');
            check((await page.textContent('#fault')).includes('伺服器'), 'what failed');
            await scan(page, 'error', TARGETS);
            answer = (route) => route.continue();
            await page.click('#again');
            await until(async () => !await page.locator('#fault').count(), 'the server to answer');
        },

        async 'WCAG 2.2 AA by day and night, in both languages, on phones'(browse) {
            await withDoubts(async ({ apart, substance }) => {
                for (const options of [{}, { night: true, lang: 'en' }, { phone: true }]) {
                    const { page } = await openPage(browse, `lang=${options.lang ?? 'zh'}&id=${apart.id}`, options);
                    await page.locator('#keys').evaluate((element) => { element.open = true; });
                    await scan(page, JSON.stringify(options), TARGETS);
                    await page.goto(`${BASE}review.html#lang=${options.lang ?? 'zh'}&id=${substance.id}`);
                    await page.waitForSelector(`#pair[data-review="${substance.id}"]`);
                    await scan(page, `substance ${JSON.stringify(options)}`, TARGETS);
                }
            });
        },
    });
});
