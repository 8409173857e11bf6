#!/usr/bin/env node
// WCAG 2.2 AA as far as axe can tell: desktop and phone, day and night; map, card, incident, packet.
import('./harness.mjs').then(({ AXE, mapIdle, scan, someFacility, suite, until }) => {

    function all(phone, night) {
        return async (browse) => {
            const facility = await someFacility();
            const { page } = await browse({ phone, night, init: AXE,
                hash: `#map=14/${facility.lat}/${facility.lon}&layers=facilities,heat,names` });
            await scan(page, 'map');
            if (phone) await page.tap('.dock-button >> nth=0');
            await page.waitForSelector('#legend-heat .unit');
            await scan(page, 'layers');
            await page.click('#tab-list');
            await until(() => page.locator('#pane-list .row').count(), 'list');
            await scan(page, 'list');
            await page.locator('#pane-list .row').first().click();
            await page.waitForSelector('#card .axes');
            await scan(page, 'card');
            await page.click('#card .card-body > .btn.danger');
            await page.waitForSelector('form.incident');
            await scan(page, 'incident');
            await page.click('.compass .point >> nth=5');
            await page.click('form.incident [type=submit]');
            await page.waitForSelector('#card .distances');
            await mapIdle(page);
            await scan(page, 'packet');
            await page.fill('#search-input', '公司');
            await until(() => page.locator('#search-list [role=option]').count(), 'results');
            await scan(page, 'search');
        };
    }

    return suite({
        'desktop, day': all(false, false),
        'desktop, night': all(false, true),
        'phone, day': all(true, false),
        'phone, night': all(true, true),
    });
});
