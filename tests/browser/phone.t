#!/usr/bin/env node
// 390 × 844: nothing scrolls sideways, every target is at least 44 px and 8 px from the next.
import('./harness.mjs').then(({ check, equal, someFacility, suite, until }) => {
    const SIZE = 43.5, GAP = 7.5;       // 44 and 8, less what rounding takes

    // Runs in the page: targets that can be touched now, with their boxes; an input inside a label counts as its label.
    function targets() {
        const found = new Map();
        for (const element of document.querySelectorAll('button, a[href], input, select, summary, [role=option]')) {
            const target = element.closest('label.choice, label.switch') ?? element;
            const box = target.getBoundingClientRect();
            const pane = target.closest('.pane, .card-body')?.getBoundingClientRect();
            if (pane && (box.top < pane.top - 1 || box.bottom > pane.bottom + 1)) continue;        // scrolled half away: no target now
            if (!box.width || getComputedStyle(target).visibility === 'hidden' || element.closest('.skip')) continue;
            const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
            const top = document.elementFromPoint(x, y);
            if (!top || !(target.contains(top) || top.contains(target))) continue;
            found.set(target, { what: `${target.tagName}.${target.className} ${target.textContent.trim().slice(0, 20)}`, round: target.classList.contains('point'),
                left: box.left, right: box.right, top: box.top, bottom: box.bottom });
        }
        return [...found.values()];
    }

    function apart(a, b) {
        if (a.round && b.round) {
            return Math.hypot((a.left + a.right - b.left - b.right) / 2, (a.top + a.bottom - b.top - b.bottom) / 2) - (a.right - a.left);
        }
        return Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom);
    }

    async function measure(page, where) {
        const sideways = await page.evaluate(() => [document.documentElement, document.body, ...document.querySelectorAll('.pane, .card-body, .popup, .popup ul')]
            .filter((element) => element.scrollWidth > element.clientWidth + 1).map((element) => element.className || element.tagName));
        equal(sideways, [], `${where}: what scrolls sideways`);
        const all = await page.evaluate(targets);
        check(all.length >= 5, `${where}: targets`, all.length);
        equal(all.filter((t) => t.right - t.left < SIZE || t.bottom - t.top < SIZE).map((t) => t.what), [], `${where}: too small`);
        const close = [];
        all.forEach((a, index) => all.slice(index + 1).forEach((b) => { if (apart(a, b) < GAP) close.push(`${a.what} | ${b.what} ${apart(a, b)}`); }));
        equal(close, [], `${where}: too close`);
    }

    return suite({
        async 'map, layers, list, search'(browse) {
            const { page } = await browse({ phone: true });
            await measure(page, 'map');
            await page.tap('.dock-button >> nth=0');
            await page.tap('label.switch:has(#layer-heat)');
            await until(() => page.locator('#legend-heat .unit').count(), 'legend');
            await measure(page, 'layers');
            await page.locator('#min-score').scrollIntoViewIfNeeded();
            await measure(page, 'filters');
            await page.tap('#tab-list');
            await until(() => page.evaluate(() => document.querySelector('#pane-list .row, #pane-list .notice') !== null), 'list');
            await measure(page, 'list');
            await page.tap('.sheet-close');
            await page.fill('#search-input', '公司');
            await until(() => page.locator('#search-list [role=option]').count(), 'results');
            await measure(page, 'search');
        },

        async 'connection, days of the data and atlas are in sight, whole, in both languages'(browse) {
            const { page } = await browse({ phone: true });
            for (const connected of ['連線正常', 'Connected']) {
                await until(async () => (await page.textContent('#status')).includes(connected), connected);
                const cut = await page.evaluate(() => {
                    const bar = document.getElementById('status').getBoundingClientRect();
                    return [...document.querySelectorAll('#status > :not(.wide)')].filter((part) => {
                        const box = part.getBoundingClientRect();
                        return !box.width || box.left < bar.left || box.right > bar.right || box.top < bar.top || box.bottom > bar.bottom || part.scrollWidth > part.clientWidth + 1;
                    }).map((part) => part.textContent);
                });
                equal(cut, [], `cut off: ${connected}`);
                await page.click('#lang');
            }
        },

        async 'the pages beside the map: the link to the one that is open is in sight'(browse) {
            for (const name of ['radar', 'quality']) {
                const { page } = await browse({ phone: true, map: false, hash: `${name}.html` });
                const seen = () => page.evaluate(() => {
                    const [nav, here] = ['.desk-nav', '.desk-nav [aria-current]'].map((part) => document.querySelector(part).getBoundingClientRect());
                    return here.left >= nav.left - 1 && here.right <= nav.right + 1;
                });
                check(await seen(), `${name} in Chinese`);
                await page.click('#lang');
                check(await seen(), `${name} in English`);
            }
        },

        async 'figures of regulated quantities stand in lines that can be read'(browse) {
            const { page } = await browse({ phone: true, map: false, hash: 'checks.html#answer=all' });
            await page.waitForSelector('#thresholds-table .sum');
            const [width, tallest] = await page.evaluate(() => [document.querySelector('#thresholds-table td:has(> .sum)').clientWidth,
                Math.max(...[...document.querySelectorAll('#thresholds-table tbody tr')].map((row) => row.clientHeight))]);
            check(width >= 300 && tallest < page.viewportSize().height / 2, 'width of the figures, height of the tallest row', [width, tallest]);
        },

        async 'card, incident, packet'(browse) {
            const facility = await someFacility();
            const { page } = await browse({ phone: true, hash: `#map=14/${facility.lat}/${facility.lon}&card=facility:${facility.id}` });
            await page.waitForSelector('#card .axes');
            await measure(page, 'card');
            await page.tap('#card .card-bar .sheet-only');
            await measure(page, 'card, tall');
            await page.tap('#card .card-body > .btn.danger');
            await page.waitForSelector('form.incident');
            await measure(page, 'incident');
            await page.locator('.compass').scrollIntoViewIfNeeded();
            await page.tap('.compass .point >> nth=6');
            await measure(page, 'compass');
            await page.locator('form.incident [type=submit]').scrollIntoViewIfNeeded();
            await page.tap('form.incident [type=submit]');
            await page.waitForSelector('#card .distances');
            await measure(page, 'packet');
            await page.locator('#card .links >> nth=0').scrollIntoViewIfNeeded();
            await measure(page, 'links of the packet');
        },

        async 'a long press sets an incident'(browse) {
            const { page } = await browse({ phone: true, hash: '#map=12/22.62/120.33' });
            const session = await page.context().newCDPSession(page);
            await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 150, y: 300 }] });
            await page.waitForSelector('form.incident');
            await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
        },
    });
});
