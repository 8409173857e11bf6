#!/usr/bin/env node
// The way of a commander: search, card, incident, packet on the map; and the same packet again from its address.
import('./harness.mjs').then(({ check, equal, mapIdle, someFacility, suite, until }) => {
    const kinds = (page) => page.evaluate(async () =>
        (await window.hazatlas.map.getSource('packet').getData()).features.map((feature) => feature.properties.kind));

    async function cardOf(page, name) {
        await page.fill('#search-input', name);
        await until(() => page.locator('#search-list [role=option]').count(), 'search results');
        await page.keyboard.press('ArrowDown');
        const first = page.locator('#search-list [role=option][aria-selected=true]');
        check((await first.textContent()).includes(name), 'the name in the first result', await first.textContent());
        await page.keyboard.press('Enter');
        await page.waitForSelector('#card .axes');
    }

    return suite({
        async 'search by name → card → incident → packet with both zones on the map'(browse) {
            const facility = await someFacility();
            const { page, seen } = await browse();
            await cardOf(page, facility.name);
            equal(await page.textContent('#card h2'), facility.name, 'title of the card');
            check(await page.locator('#card .card-bar .first').count(), 'what kills first stands first');
            check(await page.locator('#card svg.radar').count(), 'the radar is drawn');
            await page.click('#card .card-body > .btn.danger');
            await page.waitForSelector('form.incident');
            await page.click('.compass .point >> nth=2');
            equal(await page.inputValue('#wind-from'), '45', 'degrees of the compass button');
            await page.fill('#wind-speed', '3');
            await page.click('form.incident [type=submit]');
            await page.waitForSelector('#card .distances');
            await mapIdle(page);
            const found = await until(async () => (await kinds(page)).length && kinds(page), 'the packet on the map');
            check(found.includes('isolation') && found.includes('incident'), 'isolation zone and incident', found);
            const text = await page.textContent('#card .distances');
            check(!text.includes('未規定') === found.includes('protective_action'), 'protective zone where there is a distance', { text, found });
            check(/\d/.test(text) && text.includes('公'), 'distances with a unit', text);
            check(await page.locator('#card .basis').count(), 'the basis of the distances');
            equal(seen.errors, [], 'errors');

            const hash = await until(() => page.evaluate(() => (/packet=/.test(location.hash) ? location.hash : '')), 'the packet in the address');
            const again = await browse({ hash });
            await again.page.waitForSelector('#card .distances');
            equal(await again.page.textContent('#card .distances'), text, 'the same distances');
            equal((await until(async () => (await kinds(again.page)).length && kinds(again.page), 'the packet')).sort(), found.sort(), 'the same zones');
        },

        async 'an incident without a mouse: at the centre of the map, by keyboard'(browse) {
            const { page } = await browse({ hash: '#map=12/22.62/120.33' });
            await page.focus('#incident-centre');
            await page.keyboard.press('Enter');
            await page.waitForSelector('form.incident');
            await page.fill('#incident-cas', '7782-50-4');
            await page.click('form.incident [type=submit]');
            check((await page.textContent('.form-error')).includes('7782-50-4'), 'a wrong CAS number is named');
            await page.fill('#incident-cas', '7782-50-5');
            await page.focus('form.incident [type=submit]');
            await page.keyboard.press('Enter');
            await page.waitForSelector('#card .distances');
            check((await page.textContent('#card')).includes('風向不明'), 'an unknown wind is said');
            await page.keyboard.press('Escape');
            check(await page.locator('#card').isHidden(), 'Escape closes the card');
            check(await page.locator('.chip.packet').isVisible(), 'the packet stays, as a chip');
            await page.click('.chip.packet .chip-close');
            equal(await kinds(page), [], 'the packet is off the map');
        },

        async 'right-click sets an incident at that place'(browse) {
            const { page } = await browse({ hash: '#map=12/22.62/120.33' });
            await page.mouse.click(800, 400, { button: 'right' });
            await page.waitForSelector('form.incident');
        },
    });
});
