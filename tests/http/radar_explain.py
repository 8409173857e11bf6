"""radar_explain.py URL [QUERY...] - recomputes warning radar scores from what /explain says alone, written apart from
the program that made them. Fetches the explanation of facilities and substances under each query and says "ok N" when
every area comes out bit for bit, else what differs."""
import json
import math
import sys
import urllib.request

url, queries = sys.argv[1], sys.argv[2:] or ['']
problems = []
counted = 0


def get(path):
    with urllib.request.urlopen(url + path) as answer:
        return json.load(answer)


def check(what, fine):
    if not fine:
        problems.append(what)


def close(a, b):
    if a is None or b is None:
        return a is b
    return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))


def class_of(raw, limits):
    """How many least values of classes the raw value reaches; at least 1."""
    if raw is None or raw <= 0:
        return 1
    return max(1, sum(1 for limit in limits if limit is not None and raw >= limit))


def area_of(weighted, order, sine):
    first, second, third, fourth = (weighted[key] for key in order)
    return (first * second + second * third + third * fourth + fourth * first) * (sine / 2)


def score_substance(name, axes, limits, order, sine):
    """Y of a substance from raw values; checks what is told on the way."""
    weighted = {}
    for axis in axes:
        value = axis['value'] if axis['official'] else class_of(axis['raw'], limits[axis['key']])
        check(f'{name} {axis["key"]}: class {value}, told {axis["value"]}', value == axis['value'])
        check(f'{name} {axis["key"]}: no data', axis['no_data'] == (axis['raw'] is None and not axis['official']))
        weighted[axis['key']] = value * axis['weight']
        check(f'{name} {axis["key"]}: weighted', weighted[axis['key']] == axis['weighted'])
    return area_of(weighted, order, sine)


def companions(name, told, values, weights, weighted, sine):
    keys = list(weighted)
    pairs = sum(weighted[a] * weighted[b] for i, a in enumerate(keys) for b in keys[:i])
    check(f'{name}: mean area', close(pairs / 3 * sine, told['mean_area']))
    check(f'{name}: geometric', close(math.prod(values[k] ** weights[k] for k in keys), told['geometric']))


def sums_of(rows):
    """kg by (substance, source, behaviour, year)."""
    sums = {}
    for row in rows:
        key = (row['cas'] or '?' + row['unlinked_key'], row['source'], row['behaviour'], row['year'])
        before = sums.get(key)
        sums[key] = before if row['kg'] is None else (before or 0) + row['kg']
    return sums


def quantity_of(name, told):
    """Sum over substances of the largest sum; from the source rows."""
    check(f'{name}: all rows are told', told['holdings']['total'] == len(told['holdings']['rows']))
    sums = sums_of(told['holdings']['rows'])
    from_rows = sorted((k[0][0] == '?' and '' or k[0], k[1], k[2], k[3] or 0, kg or -1) for k, kg in sums.items())
    from_sums = sorted((s['cas'] or '', p['source'], p['behaviour'], p['year'] or 0, p['kg'] or -1)
                       for s in told['quantity']['stocks'] for p in s['sums'])
    check(f'{name}: rows add up to the sums',
          len(from_rows) == len(from_sums) and
          all(a[:4] == b[:4] and close(a[4], b[4]) for a, b in zip(from_rows, from_sums)))
    largest = {}
    for key, kg in sums.items():
        if kg is not None:
            largest[key[0]] = max(largest.get(key[0], 0), kg)
    return math.fsum(largest.values()) if largest else None


def facility(fid, query):
    told = get(f'/api/v1/radar/facilities/{fid}/explain?{query}')
    name = f'facility {fid}?{query}'
    sine, limits = told['sin'], {a['key']: a.get('class_limits') for a in told['substance_axes']}
    areas = []
    for s in told['substances']:
        areas.append(score_substance(f'{name} {s["cas"]}', s['axes'], limits, told['substance_order'], sine))
        check(f'{name} {s["cas"]}: Y {areas[-1]!r}, told {s["area"]!r}', areas[-1] == s['area'])
        if s is told['substances'][0]:
            link = told['links']['substance'].replace('{cas}', s['cas'])
            check(f'{name}: explained the same behind its link', get(link[len(url):])['score'] == s['area'])
    axes = {a['key']: a for a in told['axes']}
    kg = quantity_of(name, told)
    check(f'{name}: quantity {kg}, told {axes["H"]["raw"]}', close(kg, axes['H']['raw']))
    operator, founded = told['size_age']['operator'] or {}, told['size_age']['established_year']
    capital, employees = operator.get('paid_in_capital_twd'), operator.get('employees')
    small = (capital is not None and capital <= 80e6) or (employees is not None and employees < 200)
    values = {'H': class_of(axes['H']['raw'], axes['H']['class_limits']),
              'I': 1 if capital is None and employees is None else 10 if small else 5,
              'J': 1}
    known = founded is not None and founded <= told['year']
    check(f'{name}: J without data {axes["J"]["no_data"]}', axes['J']['no_data'] == (not known))
    if known:
        values['J'] = [b['class'] for b in told['age_bands'] if told['year'] - founded >= b['from_years']][-1]
    if not areas:
        check(f'{name}: no score', told['score'] is None)
        return
    total = 0.0
    for area in areas:
        total += area
    values['G'] = total / len(areas) * told['mean_scale']
    weighted = {}
    for key, axis in axes.items():
        check(f'{name} {key}: {values[key]!r}, told {axis["value"]!r}', values[key] == axis['value'])
        weighted[key] = values[key] * axis['weight']
    area = area_of(weighted, told['order'], sine)
    check(f'{name}: K {area!r}, told {told["score"]!r}', area == told['score'])
    weights = {k: a['weight'] for k, a in axes.items()}
    w = [x / 100 for x in told['substance_weights']]
    y_max = area_of({k: 10 * w['ABCD'.index(k)] for k in 'ABCD'}, told['substance_order'], sine)
    scaled = dict(values, G=values['G'] if told['rescale'] else values['G'] / y_max * 10)
    companions(name, told, scaled, weights, weighted, sine)
    check(f'{name}: last line', f'= {told["score"]:.6f}' in told['lines'][-1]['zh'])
    check(f'{name}: lines in both languages', all(line['zh'] and line['en'] for line in told['lines']))
    check(f'{name}: rank in its interval', told['order'] != 'GHIJ' or told['ranks']['best'] <= told['rank'] <= told['ranks']['worst'])


def substance(cas, query):
    # weights and order of a query about facilities are of G H I J
    query = '&'.join(p for p in query.split('&') if not p.startswith(('weights=', 'order=')))
    told = get(f'/api/v1/radar/substances/{cas}/explain?{query}')
    name = f'substance {cas}?{query}'
    axes = {a['key']: a for a in told['axes']}
    area = score_substance(name, told['axes'], {k: a['class_limits'] for k, a in axes.items()}, told['order'], told['sin'])
    check(f'{name}: Y {area!r}, told {told["score"]!r}', area == told['score'])
    companions(name, told, {k: a['value'] for k, a in axes.items()}, {k: a['weight'] for k, a in axes.items()},
               {k: a['weighted'] for k, a in axes.items()}, told['sin'])
    # A: the highest rating of all rows.
    ratings = [max((r[k] for r in told['hazard_rows'] if r[k] is not None), default=None)
               for k in ('health', 'flammability', 'instability')]
    check(f'{name}: A', axes['A']['raw'] == (None if None in ratings else sum(ratings)))
    # B: the largest sum that counts, of what facilities report and systems state; its rows add up to it.
    sums = [s['kg'] for s in told['national']['sums'] if s['counts']] + [s['kg'] for s in told['factors']['stated']]
    check(f'{name}: B', close(max(sums, default=None), axes['B']['raw']))
    rows = told['national_rows']
    if rows and rows['total'] == len(rows['rows']):
        check(f'{name}: B from rows', close(math.fsum(r['kg'] for r in rows['rows']), axes['B']['raw']))
    check(f'{name}: B stated', (rows is None) == (told['national']['stated'] or axes['B']['raw'] is None))
    # C: one a day and county, and what is counted in print besides.
    incidents = told['incidents']
    stored = {(r['day'], r['county']) for r in told['incident_rows']['rows']}
    check(f'{name}: C rows', len(stored) == incidents['stored'] == told['incident_rows']['total'])
    if axes['C']['raw'] is not None:
        check(f'{name}: C', incidents['stored'] + incidents['printed_more'] == axes['C']['raw'] == incidents['count'])
    # D: the value that the radar goes by; official classes as imported.
    check(f'{name}: D', axes['D']['raw'] == (told['factors']['export'] or {}).get('thousand_twd'))
    official = told['factors']['official'] or {}
    for key, member in zip('ABCD', ('hazard', 'quantity', 'incident', 'economy')):
        check(f'{name}: official {key}', axes[key]['official'] == (told['official'] and official.get(member) is not None))
        if axes[key]['official']:
            check(f'{name}: official class {key}', axes[key]['value'] == official[member])
    return any(axes[k]['official'] for k in axes)


facilities = get('/api/v1/radar/facilities?limit=1000')['facilities']
substances = get('/api/v1/radar/substances?limit=1000')['substances']
for query in queries:
    chosen = facilities[::23] + facilities[-3:]
    for item in chosen:
        facility(item['id'], query)
    chosen_substances = substances[:25] + substances[25::60]
    for item in chosen_substances:
        substance(item['cas'], query)
    counted += len(chosen) + len(chosen_substances)
print('\n'.join(problems[:10]) if problems else f'ok {counted}')
