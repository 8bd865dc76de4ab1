/* The inner functions of bodies.py: one step of the symplectic Euler method, and the energy. */
#include <math.h>

struct body {
    double x, y, z;
    double vx, vy, vz;
    double mass;
};

void advance(struct body *bodies, int n, double dt)
{
    for (int i = 0; i < n; i++) {
        struct body *a = &bodies[i];
        for (int j = i + 1; j < n; j++) {
            struct body *b = &bodies[j];
            double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
            double squared = dx * dx + dy * dy + dz * dz;
            double pull = dt / (squared * sqrt(squared));
            a->vx -= dx * (b->mass * pull);
            a->vy -= dy * (b->mass * pull);
            a->vz -= dz * (b->mass * pull);
            b->vx += dx * (a->mass * pull);
            b->vy += dy * (a->mass * pull);
            b->vz += dz * (a->mass * pull);
        }
    }
    for (int i = 0; i < n; i++) {
        struct body *a = &bodies[i];
        a->x += dt * a->vx;
        a->y += dt * a->vy;
        a->z += dt * a->vz;
    }
}

double energy(const struct body *bodies, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        const struct body *a = &bodies[i];
        sum += 0.5 * a->mass * (a->vx * a->vx + a->vy * a->vy + a->vz * a->vz);
        for (int j = i + 1; j < n; j++) {
            const struct body *b = &bodies[j];
            double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
            sum -= a->mass * b->mass / sqrt(dx * dx + dy * dy + dz * dz);
        }
    }
    return sum;
}
