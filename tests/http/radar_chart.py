"""radar_chart.py URL PATH... - reads radar charts as XML and measures them: the hatched polygon has the area of the
score in the scale of its axes. PATH is that of a facility or substance, without .svg, with a query or not."""
import json
import re
import sys
import urllib.request
import xml.etree.ElementTree as ElementTree

SVG = '{http://www.w3.org/2000/svg}'
problems = []


def check(what, fine):
    if not fine:
        problems.append(what)


def corners(polygon):
    return [tuple(float(v) for v in pair.split(',')) for pair in polygon.get('points').split()]


def shoelace(p):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(p, p[1:] + p[:1]))) / 2


for path in sys.argv[2:]:
    path, _, query = path.partition('?')
    with urllib.request.urlopen(f'{sys.argv[1]}{path}.svg?{query}') as answer:
        check(f'{path}: type', answer.headers['Content-Type'] == 'image/svg+xml')
        text = answer.read().decode()
    with urllib.request.urlopen(f'{sys.argv[1]}{path}/explain?{query.replace("theme=night", "").strip("&")}') as answer:
        told = json.load(answer)
    root = ElementTree.fromstring(text)  # strictly well-formed, or an exception
    tags = {node.tag.replace(SVG, '') for node in root.iter()}
    check(f'{path}: tags {tags}', tags <= {'svg', 'title', 'desc', 'defs', 'pattern', 'rect', 'line', 'polygon', 'circle', 'text'})
    check(f'{path}: nothing runs or loads', not re.search(r'\sstyle=|href|url\((?!#h\))|\bon\w+=', re.sub(r'>[^<]*<', '><', text)))
    words = ' '.join(node.text or '' for node in root.iter(SVG + 'text'))
    by_key = {axis['key']: axis for axis in told['axes']}
    for axis in told['axes']:
        check(f'{path}: label {axis["key"]}', f'{axis["key"]} {axis["label"]["zh"]}' in words and axis['label']['en'] in words)
    check(f'{path}: no data is said', ('無資料 no data' in words) == any(a['raw'] is None for a in told['axes']))
    polygons = root.findall(SVG + 'polygon')
    hatched = [p for p in polygons if p.get('fill') == 'url(#h)']
    hollow = [c for c in root.findall(SVG + 'circle') if c.get('fill') != c.get('stroke')]
    dashed = [l for l in root.findall(SVG + 'line') if l.get('stroke-dasharray')]
    missing = sum(a['no_data'] for a in told['axes'])
    check(f'{path}: dashed axes', len(dashed) == missing)
    if told['score'] is None:
        check(f'{path}: no score, no polygon', not hatched and '無法計分 no score' in words)
        continue
    check(f'{path}: hollow marks', len(hollow) == missing)
    order, outer, inner = told['order'], corners(polygons[0]), corners(hatched[0])
    largest = max(range(4), key=lambda i: abs(outer[i][0] - outer[(i + 2) % 4][0]) + abs(outer[i][1] - outer[(i + 2) % 4][1]))
    top = sum(by_key[order[k]]['weight'] * 10 for k in (largest, (largest + 2) % 4) if order[k] != 'G')
    if 'G' in (order[largest], order[(largest + 2) % 4]):
        w = [x / 10 for x in told['substance_weights']]
        w = [w['ABCD'.index(k)] for k in told['substance_order']]
        y_max = 10 if told['rescale'] else (w[0] + w[2]) * (w[1] + w[3]) / 2 * told['sin']
        top += y_max * by_key['G']['weight']
    a, b = outer[largest], outer[(largest + 2) % 4]
    scale = (abs(a[0] - b[0]) + abs(a[1] - b[1])) / top
    measured = shoelace(inner) / scale ** 2 * told['sin']
    check(f'{path}: area {measured:.4f}, score {told["score"]:.4f}', abs(measured - told['score']) < 0.005)
    check(f'{path}: score is written', f'{told["score"]:.3f}' in words)
print('\n'.join(problems[:10]) if problems else 'ok')
