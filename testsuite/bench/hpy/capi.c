/* The same extension in the plain CPython C API.  Twin of hpybench.c. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

static PyObject *f_noargs(PyObject *self, PyObject *ignored) { Py_RETURN_NONE; }
static PyObject *f_ident(PyObject *self, PyObject *arg) { Py_INCREF(arg); return arg; }
static PyObject *f_inc(PyObject *self, PyObject *arg)
{
    long v = PyLong_AsLong(arg);
    if (v == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(v + 1);
}
static PyObject *f_add(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    long a, b;
    if (nargs != 2) {
        PyErr_SetString(PyExc_TypeError, "two arguments");
        return NULL;
    }
    a = PyLong_AsLong(args[0]);
    if (a == -1 && PyErr_Occurred())
        return NULL;
    b = PyLong_AsLong(args[1]);
    if (b == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(a + b);
}
static PyObject *f_add_parse(PyObject *self, PyObject *args)
{
    long a, b;
    if (!PyArg_ParseTuple(args, "ll", &a, &b))
        return NULL;
    return PyLong_FromLong(a + b);
}
static PyObject *f_mul(PyObject *self, PyObject *arg)
{
    double d = PyFloat_AsDouble(arg);
    if (d == -1.0 && PyErr_Occurred())
        return NULL;
    return PyFloat_FromDouble(d * 0.5);
}
static PyObject *f_sumlist(PyObject *self, PyObject *arg)
{
    Py_ssize_t n = PySequence_Size(arg);
    long s = 0;
    if (n < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *o = PySequence_GetItem(arg, i);
        if (!o)
            return NULL;
        s += PyLong_AsLong(o);
        Py_DECREF(o);
    }
    if (PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(s);
}
static PyObject *f_mklist(PyObject *self, PyObject *arg)
{
    long n = PyLong_AsLong(arg);
    PyObject *l = PyList_New(n);
    for (long i = 0; i < n; i++)
        PyList_SetItem(l, i, PyLong_FromLong(i));
    return l;
}
static PyObject *f_call(PyObject *self, PyObject *args)
{
    if (PyTuple_Size(args) != 2) {
        PyErr_SetString(PyExc_TypeError, "two arguments");
        return NULL;
    }
    return PyObject_CallFunctionObjArgs(PyTuple_GetItem(args, 0), PyTuple_GetItem(args, 1), NULL);
}
static PyObject *f_attr(PyObject *self, PyObject *arg) { return PyObject_GetAttrString(arg, "value"); }

typedef struct { PyObject_HEAD double x, y; } Point;

static PyObject *Point_new(PyTypeObject *cls, PyObject *args, PyObject *kw)
{
    double x, y;
    if (PyTuple_Size(args) != 2) {
        PyErr_SetString(PyExc_TypeError, "two arguments");
        return NULL;
    }
    x = PyFloat_AsDouble(PyTuple_GetItem(args, 0));
    y = PyFloat_AsDouble(PyTuple_GetItem(args, 1));
    if (PyErr_Occurred())
        return NULL;
    Point *p = (Point *)cls->tp_alloc(cls, 0);
    if (!p)
        return NULL;
    p->x = x;
    p->y = y;
    return (PyObject *)p;
}
static void Point_dealloc(PyObject *o)
{
    PyTypeObject *t = Py_TYPE(o);
    t->tp_free(o);
    Py_DECREF(t);
}
static PyObject *Point_len2(PyObject *self, PyObject *ignored)
{
    Point *p = (Point *)self;
    return PyFloat_FromDouble(p->x * p->x + p->y * p->y);
}
static PyObject *Point_move(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    double dx, dy;
    if (nargs != 2) {
        PyErr_SetString(PyExc_TypeError, "two arguments");
        return NULL;
    }
    dx = PyFloat_AsDouble(args[0]);
    if (dx == -1.0 && PyErr_Occurred())
        return NULL;
    dy = PyFloat_AsDouble(args[1]);
    if (dy == -1.0 && PyErr_Occurred())
        return NULL;
    Point *p = (Point *)self;
    p->x += dx;
    p->y += dy;
    Py_RETURN_NONE;
}
static PyObject *Point_gx_get(PyObject *self, void *c) { return PyFloat_FromDouble(((Point *)self)->x); }
static int Point_gx_set(PyObject *self, PyObject *v, void *c)
{
    double d = PyFloat_AsDouble(v);
    if (d == -1.0 && PyErr_Occurred())
        return -1;
    ((Point *)self)->x = d;
    return 0;
}
static PyObject *Point_add(PyObject *a, PyObject *b)
{
    PyTypeObject *cls = Py_TYPE(a);
    if (!PyObject_TypeCheck(b, cls))
        Py_RETURN_NOTIMPLEMENTED;
    Point *p = (Point *)a, *q = (Point *)b, *sum = (Point *)cls->tp_alloc(cls, 0);
    if (!sum)
        return NULL;
    sum->x = p->x + q->x;
    sum->y = p->y + q->y;
    return (PyObject *)sum;
}
static PyObject *Point_neg(PyObject *o) { return PyFloat_FromDouble(-((Point *)o)->x); }
static PyObject *Point_compare(PyObject *a, PyObject *b, int op)
{
    double x = ((Point *)a)->x, y = ((Point *)b)->x;
    switch (op) {
    case Py_LT: return PyBool_FromLong(x < y);
    case Py_EQ: return PyBool_FromLong(x == y);
    default: Py_RETURN_NOTIMPLEMENTED;
    }
}
static PyObject *Point_item(PyObject *o, Py_ssize_t at) { return PyFloat_FromDouble(at ? ((Point *)o)->y : ((Point *)o)->x); }
static int Point_set(PyObject *o, Py_ssize_t at, PyObject *v)
{
    double d = PyFloat_AsDouble(v);
    Point *p = (Point *)o;
    if (d == -1.0 && PyErr_Occurred())
        return -1;
    if (at)
        p->y = d;
    else
        p->x = d;
    return 0;
}
static Py_ssize_t Point_length(PyObject *o) { return 2; }
static int Point_contains(PyObject *o, PyObject *v) { return PyFloat_AsDouble(v) == ((Point *)o)->x; }
static int Point_bool(PyObject *o) { return ((Point *)o)->x != 0.0; }
static PyMethodDef Point_methods[] = { { "len2", Point_len2, METH_NOARGS }, { "move", (PyCFunction)(void *)Point_move, METH_FASTCALL }, { NULL } };
static PyGetSetDef Point_getset[] = { { "gx", Point_gx_get, Point_gx_set }, { NULL } };
static PyMemberDef Point_members[] = { { "x", T_DOUBLE, offsetof(Point, x) }, { "y", T_DOUBLE, offsetof(Point, y) }, { NULL } };
static PyType_Slot Point_slots[] = { { Py_tp_new, Point_new }, { Py_tp_dealloc, Point_dealloc }, { Py_tp_methods, Point_methods },
                                     { Py_tp_getset, Point_getset }, { Py_tp_members, Point_members },
                                     { Py_nb_add, Point_add }, { Py_nb_negative, Point_neg }, { Py_tp_richcompare, Point_compare },
                                     { Py_sq_item, Point_item }, { Py_sq_ass_item, Point_set }, { Py_sq_length, Point_length },
                                     { Py_sq_contains, Point_contains }, { Py_nb_bool, Point_bool }, { 0 } };
static PyType_Spec Point_spec = { "capibench.Point", sizeof(Point), 0, Py_TPFLAGS_DEFAULT, Point_slots };

/* The same class without a constructor, the function that hosts of HPy may call natively, and loops in C. */
typedef struct { PyObject_HEAD long n; } Plain;
static PyMemberDef Plain_members[] = { { "n", T_LONG, offsetof(Plain, n) }, { NULL } };
static PyType_Slot Plain_slots[] = { { Py_tp_members, Plain_members }, { 0 } };
static PyType_Spec Plain_spec = { "capibench.Plain", sizeof(Plain), 0, Py_TPFLAGS_DEFAULT, Plain_slots };

/* One that sets itself up, and can be called. */
typedef struct { PyObject_HEAD long n; vectorcallfunc call; } Started;
static PyObject *Started_call(PyObject *o, PyObject *const *args, size_t n, PyObject *names)
{
    long v = PyLong_AsLong(args[0]);
    if (v == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(v + ((Started *)o)->n);
}
static PyObject *Started_new(PyTypeObject *cls, PyObject *args, PyObject *kw)
{
    Started *s = (Started *)cls->tp_alloc(cls, 0);
    if (s)
        s->call = Started_call;
    return (PyObject *)s;
}
static int Started_init(PyObject *o, PyObject *args, PyObject *kw)
{
    long n = PyLong_AsLong(PyTuple_GetItem(args, 0));
    if (n == -1 && PyErr_Occurred())
        return -1;
    ((Started *)o)->n = n;
    return 0;
}
static PyMemberDef Started_members[] = { { "n", T_LONG, offsetof(Started, n) },
                                         { "__vectorcalloffset__", T_PYSSIZET, offsetof(Started, call), READONLY }, { NULL } };
static PyType_Slot Started_slots[] = { { Py_tp_new, Started_new }, { Py_tp_init, Started_init }, { Py_tp_dealloc, Point_dealloc },
                                       { Py_tp_call, PyVectorcall_Call }, { Py_tp_members, Started_members }, { 0 } };
static PyType_Spec Started_spec = { "capibench.Started", sizeof(Started), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL,
                                    Started_slots };

static PyObject *f_dupclose(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    long n = PyLong_AsLong(args[1]);
    for (long i = 0; i < n; i++) {
        PyObject *volatile o = args[0];
        Py_INCREF(o);
        Py_DECREF(o);
    }
    return PyLong_FromLong(n);
}
static PyObject *f_newclose(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    long n = PyLong_AsLong(args[1]);
    PyTypeObject *type = (PyTypeObject *)args[0];
    for (long i = 0; i < n; i++) {
        Point *p = (Point *)type->tp_alloc(type, 0);
        if (!p)
            return NULL;
        p->x = (double)i;
        Py_DECREF(p);
    }
    return PyLong_FromLong(n);
}
static PyObject *f_asstruct(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    long n = PyLong_AsLong(args[1]);
    double sum = 0.0;
    for (long i = 0; i < n; i++) {
        PyObject *volatile o = args[0];
        sum += ((Point *)o)->x;
    }
    return PyFloat_FromDouble(sum);
}

static PyMethodDef methods[] = {
    { "half", f_mul, METH_O }, { "dupclose", (PyCFunction)(void *)f_dupclose, METH_FASTCALL },
    { "newclose", (PyCFunction)(void *)f_newclose, METH_FASTCALL }, { "asstruct", (PyCFunction)(void *)f_asstruct, METH_FASTCALL },
    { "noargs", f_noargs, METH_NOARGS }, { "ident", f_ident, METH_O }, { "inc", f_inc, METH_O }, { "add", (PyCFunction)(void *)f_add, METH_FASTCALL },
    { "add_parse", f_add_parse, METH_VARARGS },
    { "mul", f_mul, METH_O }, { "sumlist", f_sumlist, METH_O }, { "mklist", f_mklist, METH_O }, { "call", f_call, METH_VARARGS },
    { "attr", f_attr, METH_O }, { NULL } };
static struct PyModuleDef moddef = { PyModuleDef_HEAD_INIT, "capibench", "bench", -1, methods };

PyMODINIT_FUNC PyInit_capibench(void)
{
    PyObject *m = PyModule_Create(&moddef);
    if (m) {
        PyModule_AddObject(m, "Point", PyType_FromSpec(&Point_spec));
        PyModule_AddObject(m, "Plain", PyType_FromSpec(&Plain_spec));
        PyModule_AddObject(m, "Started", PyType_FromSpec(&Started_spec));
    }
    return m;
}
