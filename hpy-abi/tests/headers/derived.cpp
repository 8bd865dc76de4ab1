// A module in C++ whose definitions are derived from types of functions: it must compile without a warning.
#include "haft/hpy.hpp"

#include <cmath>
#include <unordered_map>

static double half(double x) noexcept { return x / 2; }
HAFT_FUNCTION(half_def, "half", half, .doc = "Half of a number.")

static int32_t divide(int32_t a, int32_t b)
{
    if (b == 0)
        throw std::invalid_argument("division by zero");
    return a / b;
}
HAFT_FUNCTION(divide_def, "divide", divide)

static bool is_even(uint64_t n) noexcept { return n % 2 == 0; }
HAFT_FUNCTION(is_even_def, "is_even", is_even)

static void nothing() noexcept {}
HAFT_FUNCTION(nothing_def, "nothing", nothing)

static std::string shout(std::string text) { return text + "!"; }
HAFT_FUNCTION(shout_def, "shout", shout)

static std::vector<double> doubled(const std::vector<double> &numbers)
{
    std::vector<double> result;
    for (double number : numbers)
        result.push_back(2 * number);
    return result;
}
HAFT_FUNCTION(doubled_def, "doubled", doubled)

static HPy type_of(HPyContext *ctx, HPy h) { return HPy_Type(ctx, h); }
HAFT_FUNCTION(type_of_def, "type_of", type_of)

static int64_t checked(HPyContext *ctx, int64_t n)
{
    if (n < 0)
        HPyErr_SetString(ctx, ctx->h_ValueError, "negative");
    return n;
}
HAFT_FUNCTION(checked_def, "checked", checked)

struct Point {
    double x, y;
    double norm() const noexcept { return std::sqrt(x * x + y * y); }
    void scale(double by) noexcept { x *= by, y *= by; }
    double ratio() { return y == 0 ? throw std::runtime_error("no ratio") : x / y; }
};
HPyType_HELPERS(Point)
HAFT_METHOD(Point_norm, "norm", Point, &Point::norm, .doc = "Its length.")
HAFT_METHOD(Point_scale, "scale", Point, &Point::scale)
HAFT_METHOD(Point_ratio, "ratio", Point, &Point::ratio)

HPyDef_SLOT(Point_new, HPy_tp_new)
static HPy Point_new_impl(HPyContext *ctx, HPy type, const HPy *args, HPy_ssize_t nargs, HPy)
{
    double x, y;
    if (!HPyArg_Parse(ctx, nullptr, args, static_cast<size_t>(nargs), "dd:Point", &x, &y))
        return HPy_NULL;
    Point *point;
    HPy h = HPy_New(ctx, type, &point);
    if (!HPy_IsNull(h))
        *point = Point{x, y};
    return h;
}

static HPyDef *Point_defines[] = {&Point_norm, &Point_scale, &Point_ratio, &Point_new, nullptr};
static HPyType_Spec Point_spec = {
    "derived.Point", sizeof(Point), 0, HPy_TPFLAGS_DEFAULT, SHAPE(Point), nullptr, Point_defines, nullptr,
};

static std::unordered_map<std::string, double> &table()
{
    static std::unordered_map<std::string, double> numbers;
    return numbers;
}
static void put(const std::string &key, double value) { table()[key] = value; }
static double get(const std::string &key) { return table().at(key); }
HAFT_FUNCTION(put_def, "put", put)
HAFT_FUNCTION(get_def, "get", get)

HPyDef_SLOT(execute, HPy_mod_exec)
static int execute_impl(HPyContext *ctx, HPy module)
{
    return HPyHelpers_AddType(ctx, module, "Point", &Point_spec, nullptr) ? 0 : -1;
}

static HPyDef *module_defines[] = {
    &half_def,    &divide_def,  &is_even_def, &nothing_def, &shout_def, &doubled_def,
    &type_of_def, &checked_def, &put_def,     &get_def,     &execute,   nullptr,
};
static HPyModuleDef module = {"Derived.", 0, nullptr, module_defines, nullptr};
HPy_MODINIT(derived, module)
