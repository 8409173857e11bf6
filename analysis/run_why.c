#include "analysis/run_why.h"

/* The sum of the two axes that multiply that of place `at` (its neighbours on the chart). */
static double beside(const struct run_terms *t, const double *value, int at)
{
    int a = t->order[(at + 1) % RADAR_AXES], b = t->order[(at + 3) % RADAR_AXES];
    return t->w[a] * value[a] + t->w[b] * value[b];
}

static double score(const struct run_terms *t, const double *value)
{
    double weighted[RADAR_AXES];
    for (int i = 0; i < RADAR_AXES; i++)
        weighted[i] = t->w[i] * value[i];
    return radar_area(weighted, t->order, t->angle);
}

void run_why_make(struct run_why *out, const struct run_states *in)
{
    double k[2][2]; /* by parameters, data */
    *out = (struct run_why){.parameters = 0};
    for (int t = 0; t < 2; t++) {
        const struct run_terms *terms = &in->terms[t];
        const double(*v)[2][RADAR_AXES] = in->value[t];
        k[t][0] = score(terms, v[0][0]);
        k[t][1] = score(terms, v[1][1]);
        for (int at = 0; at < RADAR_AXES; at++) {
            int i = terms->order[at];
            double mean = (beside(terms, v[0][0], at) + beside(terms, v[1][1], at)) / 2;
            double unit = radar_sine(terms->angle) / 2 * terms->w[i] * mean / 2; /* half of t */
            out->own[i] += unit * ((v[1][0][i] - v[0][0][i]) + (v[1][1][i] - v[0][1][i])) / 2;
            out->others[i] += unit * ((v[0][1][i] - v[0][0][i]) + (v[1][1][i] - v[1][0][i])) / 2;
        }
    }
    out->parameters = ((k[1][0] - k[0][0]) + (k[1][1] - k[0][1])) / 2;
    out->difference = out->parameters;
    for (int i = 0; i < RADAR_AXES; i++)
        out->difference += out->own[i] + out->others[i];
}
