#include "tiles/layer.h"

#include <string.h>

const struct layer *const layers[] = {&layer_facilities, &layer_heat, &layer_counties,
                                      &layer_townships, NULL};

const struct layer *layer_find(const char *id)
{
    for (const struct layer *const *l = layers; *l; l++)
        if (!strcmp((*l)->id, id))
            return *l;
    return NULL;
}
