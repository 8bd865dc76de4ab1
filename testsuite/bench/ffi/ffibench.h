/* The C library every FFI runner calls.  Keep in step with cdef.txt. */
#ifndef FFIBENCH_H
#define FFIBENCH_H
#include <stddef.h>
#include <stdint.h>

struct point { double x, y; };
struct rec {
    char     tag;
    short    s;
    int      i;
    int64_t  l;
    float    f;
    double   d;
    char     name[16];
    struct point pt;
};
typedef int (*step_fn)(int acc, int i);

int          add(int a, int b);
double       axpy1(double a, double x, double y);
size_t       my_strlen(const char *s);
struct point pt_add(struct point a, struct point b);
double       pt_len2(struct point a);
int          sum_array(int *a, int n);
void         fill(struct rec *r, int seed);
int          apply_n(step_fn f, int n, int acc);
int          sum_va(int n, ...);
int          many_args(int a, int b, int c, int d, int e, int f, int g, int h);
extern int   counter;
extern int   hit_count;        /* side effects of touch() */
void         touch(void);
#endif
