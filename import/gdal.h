/* gdal.h - GDAL's own headers, which are not clean under our warnings. For the files of the fenced
 * child that speak GDAL: open.c, features.c, sheet.c, shape.c, view.c. */
#ifndef IMPORT_GDAL_H
#define IMPORT_GDAL_H

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wundef"
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#pragma GCC diagnostic pop

#endif
