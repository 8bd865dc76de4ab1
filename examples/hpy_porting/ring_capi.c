/* A ring of the last N objects, written against CPython's C API: what is ported in docs/src/hpy_porting.md. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

typedef struct {
    PyObject_HEAD
    Py_ssize_t capacity, length, start;
    PyObject **items;
} Ring;

static PyObject *Ring_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"capacity", NULL};
    Py_ssize_t capacity;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "n:Ring", names, &capacity))
        return NULL;
    if (capacity < 1) {
        PyErr_SetString(PyExc_ValueError, "a ring has room for one object at least");
        return NULL;
    }
    Ring *self = (Ring *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->items = PyMem_Calloc(capacity, sizeof(PyObject *));
    if (self->items == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    self->capacity = capacity;
    return (PyObject *)self;
}

static int Ring_traverse(Ring *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    if (self->items != NULL)
        for (Py_ssize_t i = 0; i < self->capacity; i++)
            Py_VISIT(self->items[i]);
    return 0;
}

static int Ring_clear(Ring *self)
{
    self->length = 0;
    if (self->items != NULL)
        for (Py_ssize_t i = 0; i < self->capacity; i++)
            Py_CLEAR(self->items[i]);
    return 0;
}

static void Ring_dealloc(Ring *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Ring_clear(self);
    PyMem_Free(self->items);
    type->tp_free(self);
    Py_DECREF(type);
}

static Py_ssize_t Ring_length(Ring *self)
{
    return self->length;
}

static PyObject *Ring_item(Ring *self, Py_ssize_t index)
{
    if (index < 0 || index >= self->length) {
        PyErr_SetString(PyExc_IndexError, "ring index out of range");
        return NULL;
    }
    PyObject *item = self->items[(self->start + index) % self->capacity];
    Py_INCREF(item);
    return item;
}

static PyObject *Ring_push(Ring *self, PyObject *object)
{
    Py_ssize_t place = (self->start + self->length) % self->capacity;
    PyObject *old = self->items[place];
    Py_INCREF(object);
    self->items[place] = object;
    if (self->length < self->capacity)
        self->length++;
    else
        self->start = (self->start + 1) % self->capacity;
    if (old != NULL)
        return old;
    Py_RETURN_NONE;
}

static PyObject *Ring_full(Ring *self, void *closure)
{
    return PyBool_FromLong(self->length == self->capacity);
}

static PyMethodDef Ring_methods[] = {
    {"push", (PyCFunction)Ring_push, METH_O, "Add an object; the one that had to go for it, or None."},
    {NULL},
};

static PyMemberDef Ring_members[] = {
    {"capacity", T_PYSSIZET, offsetof(Ring, capacity), READONLY, "How many objects there is room for."},
    {NULL},
};

static PyGetSetDef Ring_getset[] = {
    {"full", (getter)Ring_full, NULL, "Will the next object push one out?", NULL},
    {NULL},
};

static PyType_Slot Ring_slots[] = {
    {Py_tp_doc, "Ring(capacity): the last objects that were pushed."},
    {Py_tp_new, Ring_new},
    {Py_tp_traverse, Ring_traverse},
    {Py_tp_clear, Ring_clear},
    {Py_tp_dealloc, Ring_dealloc},
    {Py_sq_length, Ring_length},
    {Py_sq_item, Ring_item},
    {Py_tp_methods, Ring_methods},
    {Py_tp_members, Ring_members},
    {Py_tp_getset, Ring_getset},
    {0, NULL},
};

static PyType_Spec Ring_spec = {
    .name = "ring.Ring",
    .basicsize = sizeof(Ring),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .slots = Ring_slots,
};

static PyObject *last(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    if (nargs != 2) {
        PyErr_SetString(PyExc_TypeError, "last() takes an iterable and a number");
        return NULL;
    }
    PyObject *type = PyObject_GetAttrString(module, "Ring");
    if (type == NULL)
        return NULL;
    PyObject *ring = PyObject_CallFunctionObjArgs(type, args[1], NULL);
    Py_DECREF(type);
    if (ring == NULL)
        return NULL;
    PyObject *iterator = PyObject_GetIter(args[0]);
    if (iterator == NULL) {
        Py_DECREF(ring);
        return NULL;
    }
    PyObject *object;
    while ((object = PyIter_Next(iterator)) != NULL) {
        PyObject *old = Ring_push((Ring *)ring, object);
        Py_DECREF(object);
        Py_XDECREF(old);
    }
    Py_DECREF(iterator);
    if (PyErr_Occurred()) {
        Py_DECREF(ring);
        return NULL;
    }
    return ring;
}

static int execute(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&Ring_spec);
    if (type == NULL)
        return -1;
    if (PyModule_AddObject(module, "Ring", type) < 0) {
        Py_DECREF(type);
        return -1;
    }
    return 0;
}

static PyMethodDef methods[] = {
    {"last", (PyCFunction)(void (*)(void))last, METH_FASTCALL, "last(iterable, n): a ring of its last n objects."},
    {NULL},
};

static PyModuleDef_Slot slots[] = {{Py_mod_exec, execute}, {0, NULL}};

static PyModuleDef module_definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "ring",
    .m_doc = "The last objects of many.",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_ring(void)
{
    return PyModuleDef_Init(&module_definition);
}
