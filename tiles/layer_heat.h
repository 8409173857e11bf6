/* layer_heat.h - heat tiles: classes in colours, or the values themselves. */
#ifndef TILES_LAYER_HEAT_H
#define TILES_LAYER_HEAT_H

#include "analysis/heat.h"
#include "analysis/heat_classes.h"
#include "gis/buf.h"

/* A PNG of palette colours as legend_heat_fill says; transparent where there is nothing. */
bool layer_heat_picture(struct buf *out, const struct heat_source *s,
                        const struct heat_classes *classes, bool night, struct tile t,
                        struct error *err);
/* A PNG of 16-bit grey: 0 = nothing, else the value 2^((raw - 32768) / 800), within 0.05 % from
 * 5e-13 to 2e12; what is beyond is raw 1 or 65535. */
bool layer_heat_values(struct buf *out, const struct heat_source *s, struct tile t,
                       struct error *err);
enum { LAYER_HEAT_ZERO = 32768, LAYER_HEAT_STEPS = 800 /* a factor of 2 */ };

#endif
