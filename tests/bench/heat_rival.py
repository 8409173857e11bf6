#!/usr/bin/python3
"""QGIS's own heat map in process: seconds of QgsKernelDensityEstimation.run() over points in memory.
heat_rival.py POINTS.gpkg RADIUS PIXEL TIMES OUT.tif"""
import sys
import time
from qgis.core import QgsApplication, QgsFeatureRequest, QgsVectorLayer
from qgis.analysis import QgsKernelDensityEstimation as Kde

app = QgsApplication([], False)
app.initQgis()
layer = QgsVectorLayer(sys.argv[1], 'points', 'ogr').materialize(QgsFeatureRequest())
p = Kde.Parameters()
p.source, p.radius, p.pixelSize = layer, float(sys.argv[2]), float(sys.argv[3])
p.shape, p.outputValues = Kde.KernelQuartic, Kde.OutputRaw
for _ in range(int(sys.argv[4])):
    begun = time.monotonic()
    if Kde(p, sys.argv[5], 'GTiff').run() != Kde.Success:
        sys.exit('QGIS failed')
    print('%.3f' % (time.monotonic() - begun), flush=True)
app.exitQgis()
