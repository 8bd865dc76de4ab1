// HPy for C++17: methods of modules and types from ordinary functions of C++.
//
//     static double half(double x) noexcept { return x / 2; }
//     HAFT_FUNCTION(half_def, "half", half, .doc = "Half of a number.")
//
// makes definition `half_def` for the list of a module's definitions. Everything is derived from the type of `half`: the
// conversion of arguments and of the result, the messages of errors, and the typed native signature (haft/typed.h) through
// which a host may call `half` with numbers instead of handles.
//
//     struct Point { double x, y; double norm() const; };
//     HPyType_HELPERS(Point)
//     HAFT_METHOD(Point_norm, "norm", Point, &Point::norm)
//
// makes a method of a type whose native structure is `Point`.
//
// Types: bool, integers of every size, float, double, HPy (an argument is borrowed, a result new), std::string and
// std::string_view (str in UTF-8), std::vector of any of them (an argument is any iterable with a length, a result a list),
// and void for results. A first parameter `HPyContext *` gets the context and counts as no argument; such a function may
// raise with HPyErr_SetString and return anything. An exception of C++ becomes a RuntimeError (MemoryError for
// std::bad_alloc, IndexError for std::out_of_range, ValueError for std::invalid_argument).
#ifndef HAFT_HPY_HPP
#define HAFT_HPY_HPP

#if __cplusplus < 201703L && !(defined(_MSVC_LANG) && _MSVC_LANG >= 201703L)
#  error "haft/hpy.hpp needs C++17"
#endif

#include "hpy.h"

#include "haft/typed.h"

#include <array>
#include <exception>
#include <limits>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft {

// A text of known length, for signatures that are put together at compile time.
template <size_t N> struct Text {
    std::array<char, N + 1> bytes{};
    constexpr const char *c_str() const { return bytes.data(); }
};

template <size_t N> constexpr Text<N - 1> text(const char (&literal)[N])
{
    Text<N - 1> result;
    for (size_t i = 0; i < N - 1; i++)
        result.bytes[i] = literal[i];
    return result;
}

template <size_t N, size_t M> constexpr Text<N + M> operator+(const Text<N> &a, const Text<M> &b)
{
    Text<N + M> result;
    for (size_t i = 0; i < N; i++)
        result.bytes[i] = a.bytes[i];
    for (size_t i = 0; i < M; i++)
        result.bytes[N + i] = b.bytes[i];
    return result;
}

// How a type travels: `typed` says whether it may stand in a typed signature, by `name`; `from` converts an argument and
// returns false when an exception was raised; `to` makes a new handle; `failed` is what a function returns after raising.
template <typename T, typename = void> struct Convert;

template <> struct Convert<bool> {
    static constexpr bool typed = true;
    static constexpr auto name = text("bool");
    static constexpr bool failed = false;
    static bool from(HPyContext *ctx, HPy h, bool &value)
    {
        const int truth = HPy_IsTrue(ctx, h);
        value = truth > 0;
        return truth >= 0;
    }
    static HPy to(HPyContext *ctx, bool value) { return HPyBool_FromBool(ctx, value); }
};

template <typename T> struct Convert<T, std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool>>> {
    static constexpr bool typed = sizeof(T) <= 8;
    static constexpr bool is_signed = std::is_signed_v<T>;
    static constexpr T failed = static_cast<T>(-1);

    static constexpr auto size_name()
    {
        if constexpr (sizeof(T) == 1)
            return text("int8");
        else if constexpr (sizeof(T) == 2)
            return text("int16");
        else if constexpr (sizeof(T) == 4)
            return text("int32");
        else
            return text("int64");
    }
    static constexpr auto full_name()
    {
        if constexpr (is_signed)
            return size_name();
        else
            return text("u") + size_name();
    }
    static constexpr auto name = full_name();

    static bool from(HPyContext *ctx, HPy h, T &value)
    {
        if constexpr (is_signed)
            return fits(ctx, HPyLong_AsInt64_t(ctx, h), value);
        else
            return fits(ctx, HPyLong_AsUInt64_t(ctx, h), value);
    }

    template <typename Wide> static bool fits(HPyContext *ctx, Wide wide, T &value)
    {
        if (wide == static_cast<Wide>(-1) && HPyErr_Occurred(ctx))
            return false;
        value = static_cast<T>(wide);
        if (static_cast<Wide>(value) == wide)
            return true;
        HPyErr_SetString(ctx, ctx->h_OverflowError, "int does not fit the parameter of the function in C++");
        return false;
    }

    static HPy to(HPyContext *ctx, T value)
    {
        if constexpr (is_signed)
            return HPyLong_FromInt64_t(ctx, value);
        else
            return HPyLong_FromUInt64_t(ctx, value);
    }
};

template <typename T> struct Convert<T, std::enable_if_t<std::is_floating_point_v<T>>> {
    static constexpr bool typed = std::is_same_v<T, double> || std::is_same_v<T, float>;
    static constexpr auto full_name()
    {
        if constexpr (std::is_same_v<T, float>)
            return text("float");
        else
            return text("double");
    }
    static constexpr auto name = full_name();
    static constexpr T failed = T(-1);
    static bool from(HPyContext *ctx, HPy h, T &value)
    {
        const double wide = HPyFloat_AsDouble(ctx, h);
        value = static_cast<T>(wide);
        return !(wide == -1.0 && HPyErr_Occurred(ctx));
    }
    static HPy to(HPyContext *ctx, T value) { return HPyFloat_FromDouble(ctx, static_cast<double>(value)); }
};

template <> struct Convert<HPy> {
    static constexpr bool typed = true;
    static constexpr auto name = text("handle");
    static constexpr HPy failed = HPy{0};
    static bool from(HPyContext *, HPy h, HPy &value)
    {
        value = h;
        return true;
    }
    static HPy to(HPyContext *, HPy value) { return value; }
};

template <> struct Convert<std::string> {
    static constexpr bool typed = false;
    static constexpr auto name = text("");
    static bool from(HPyContext *ctx, HPy h, std::string &value)
    {
        HPy_ssize_t size = 0;
        const char *utf8 = HPyUnicode_AsUTF8AndSize(ctx, h, &size);
        if (utf8 == nullptr)
            return false;
        value.assign(utf8, static_cast<size_t>(size));
        return true;
    }
    static HPy to(HPyContext *ctx, const std::string &value)
    {
        if (value.find('\0') == std::string::npos)
            return HPyUnicode_FromString(ctx, value.c_str());
        HPy bytes = HPyBytes_FromStringAndSize(ctx, value.data(), static_cast<HPy_ssize_t>(value.size()));
        if (HPy_IsNull(bytes))
            return bytes;
        HPy result = HPyUnicode_FromEncodedObject(ctx, bytes, "utf-8", nullptr);
        HPy_Close(ctx, bytes);
        return result;
    }
};

template <> struct Convert<std::string_view> {
    static constexpr bool typed = false;
    static constexpr auto name = text("");
    // Valid during the call: the argument's handle is open.
    static bool from(HPyContext *ctx, HPy h, std::string_view &value)
    {
        HPy_ssize_t size = 0;
        const char *utf8 = HPyUnicode_AsUTF8AndSize(ctx, h, &size);
        if (utf8 == nullptr)
            return false;
        value = std::string_view(utf8, static_cast<size_t>(size));
        return true;
    }
    static HPy to(HPyContext *ctx, std::string_view value) { return Convert<std::string>::to(ctx, std::string(value)); }
};

template <typename T> struct Convert<std::vector<T>> {
    static constexpr bool typed = false;
    static constexpr auto name = text("");
    static bool from(HPyContext *ctx, HPy h, std::vector<T> &value)
    {
        const HPy_ssize_t n = HPy_Length(ctx, h);
        if (n < 0)
            return false;
        value.reserve(static_cast<size_t>(n));
        for (HPy_ssize_t i = 0; i < n; i++) {
            HPy item = HPy_GetItem_i(ctx, h, i);
            T converted{};
            const bool fine = !HPy_IsNull(item) && Convert<T>::from(ctx, item, converted);
            HPy_Close(ctx, item);
            if (!fine)
                return false;
            value.push_back(std::move(converted));
        }
        return true;
    }
    static HPy to(HPyContext *ctx, const std::vector<T> &value)
    {
        HPyListBuilder builder = HPyListBuilder_New(ctx, static_cast<HPy_ssize_t>(value.size()));
        for (size_t i = 0; i < value.size(); i++) {
            HPy item = Convert<T>::to(ctx, value[i]);
            if (HPy_IsNull(item)) {
                HPyListBuilder_Cancel(ctx, builder);
                return item;
            }
            HPyListBuilder_Set(ctx, builder, static_cast<HPy_ssize_t>(i), item);
            HPy_Close(ctx, item);
        }
        return HPyListBuilder_Build(ctx, builder);
    }
};

template <typename T> using Plain = std::remove_cv_t<std::remove_reference_t<T>>;

// Names of the parameters of a signature, with commas between them.
template <typename First, typename... Rest> constexpr auto parameter_list()
{
    if constexpr (sizeof...(Rest) == 0)
        return Convert<First>::name;
    else
        return Convert<First>::name + text(", ") + parameter_list<Rest...>();
}

template <typename... A> constexpr auto parameter_names()
{
    if constexpr (sizeof...(A) == 0)
        return text("");
    else
        return parameter_list<A...>();
}

template <typename R> constexpr auto result_name()
{
    if constexpr (std::is_void_v<R>)
        return text("void");
    else
        return Convert<R>::name;
}

template <typename R> constexpr bool result_is_typed()
{
    if constexpr (std::is_void_v<R>)
        return true;
    else
        return Convert<R>::typed;
}

// Raises what an exception of C++ stands for; called in a handler.
inline void raise_current(HPyContext *ctx)
{
    try {
        throw;
    }
    catch (const std::bad_alloc &) {
        HPyErr_NoMemory(ctx);
    }
    catch (const std::out_of_range &error) {
        HPyErr_SetString(ctx, ctx->h_IndexError, error.what());
    }
    catch (const std::invalid_argument &error) {
        HPyErr_SetString(ctx, ctx->h_ValueError, error.what());
    }
    catch (const std::exception &error) {
        HPyErr_SetString(ctx, ctx->h_RuntimeError, error.what());
    }
    catch (...) {
        HPyErr_SetString(ctx, ctx->h_RuntimeError, "an exception of C++ that is no std::exception");
    }
}

// The parts of a function's type. `Object` is the class of a method, void of a function.
template <typename F> struct Parts;

#define _HAFT_PARTS(QUALIFIERS, NOEXCEPT)                                                       \
    template <typename R, typename C, typename... A> struct Parts<R (C::*)(A...) QUALIFIERS> {  \
        using Result = R;                                                                       \
        using Object = C;                                                                       \
        using Arguments = std::tuple<Plain<A>...>;                                              \
        static constexpr bool never_throws = NOEXCEPT;                                          \
        static constexpr bool takes_context = false;                                            \
    };
_HAFT_PARTS(, false)
_HAFT_PARTS(const, false)
_HAFT_PARTS(noexcept, true)
_HAFT_PARTS(const noexcept, true)
#undef _HAFT_PARTS

template <typename R, typename... A> struct Parts<R (*)(A...)> {
    using Result = R;
    using Object = void;
    using Arguments = std::tuple<Plain<A>...>;
    static constexpr bool never_throws = false;
    static constexpr bool takes_context = false;
};
template <typename R, typename... A> struct Parts<R (*)(A...) noexcept> : Parts<R (*)(A...)> {
    static constexpr bool never_throws = true;
};
template <typename R, typename... A> struct Parts<R (*)(HPyContext *, A...)> : Parts<R (*)(A...)> {
    static constexpr bool takes_context = true;
};
template <typename R, typename... A> struct Parts<R (*)(HPyContext *, A...) noexcept> : Parts<R (*)(A...) noexcept> {
    static constexpr bool takes_context = true;
};

// A function as the host calls it.
template <auto function, typename Arguments = typename Parts<decltype(function)>::Arguments> struct Bound;

template <auto function, typename... A> struct Bound<function, std::tuple<A...>> {
    using P = Parts<decltype(function)>;
    using R = typename P::Result;
    using Object = typename P::Object;

    // Calls the function itself.
    static R run(HPyContext *ctx, Object *self, A &...arguments)
    {
        (void)ctx, (void)self;
        if constexpr (!std::is_void_v<Object>)
            return (self->*function)(std::move(arguments)...);
        else if constexpr (P::takes_context)
            return function(ctx, std::move(arguments)...);
        else
            return function(std::move(arguments)...);
    }

    // Converts, calls, converts.
    static HPy call(HPyContext *ctx, Object *self, const char *name, const HPy *args, size_t nargs) noexcept
    {
        if (nargs != sizeof...(A))
            return HPyErr_Format(ctx, ctx->h_TypeError, "%s() takes %zu arguments (%zu given)", name, sizeof...(A), nargs);
        try {
            return convert_and_run(ctx, self, args, std::index_sequence_for<A...>());
        }
        catch (...) {
            raise_current(ctx);
            return HPy_NULL;
        }
    }

    template <size_t... I>
    static HPy convert_and_run(HPyContext *ctx, Object *self, const HPy *args, std::index_sequence<I...>)
    {
        (void)args;
        std::tuple<A...> values{};
        if (!(true && ... && Convert<A>::from(ctx, args[I], std::get<I>(values))))
            return HPy_NULL;
        if constexpr (std::is_void_v<R>) {
            run(ctx, self, std::get<I>(values)...);
            return may_raise && HPyErr_Occurred(ctx) ? HPy_NULL : HPy_Dup(ctx, ctx->h_None);
        }
        else {
            R result = run(ctx, self, std::get<I>(values)...);
            if (may_raise && HPyErr_Occurred(ctx)) {
                if constexpr (std::is_same_v<R, HPy>)
                    HPy_Close(ctx, result);
                return HPy_NULL;
            }
            return Convert<Plain<R>>::to(ctx, result);
        }
    }

    static constexpr bool may_raise = P::takes_context;
    static constexpr bool typed = (result_is_typed<R>() && ... && Convert<A>::typed);

    // The functions that a typed call reaches: they have the types of the signature and throw nothing.
    static R native(A... arguments) noexcept { return run(nullptr, nullptr, arguments...); }
    static R native_in_context(HPyContext *ctx, A... arguments) noexcept
    {
        try {
            return run(ctx, nullptr, arguments...);
        }
        catch (...) {
            raise_current(ctx);
            if constexpr (!std::is_void_v<R>)
                return Convert<R>::failed;
        }
    }
    static R native_of_self(Object *self, A... arguments) noexcept
    {
        return run(nullptr, self, arguments...);
    }

    static constexpr bool needs_context = P::takes_context || !P::never_throws;
    // A method that may throw is not called through a typed signature: it would need the structure and the context.
    static constexpr bool has_native = typed && (std::is_void_v<Object> || P::never_throws);

    static constexpr auto signature_text()
    {
        if constexpr (!has_native)
            return text("");
        else if constexpr (!std::is_void_v<Object>)
            return result_name<R>() + text("(self") + more() + text(")");
        else if constexpr (needs_context)
            return result_name<R>() + text("(context") + more() + text(")");
        else
            return result_name<R>() + text("(") + parameter_names<A...>() + text(")");
    }
    static constexpr auto more()
    {
        if constexpr (sizeof...(A) == 0)
            return text("");
        else
            return text(", ") + parameter_names<A...>();
    }
    static constexpr auto signature = signature_text();

    static constexpr auto entry()
    {
        if constexpr (!has_native)
            return nullptr;
        else if constexpr (!std::is_void_v<Object>)
            return &native_of_self;
        else if constexpr (needs_context)
            return &native_in_context;
        else
            return &native;
    }

    static constexpr bool is_number = std::is_floating_point_v<R>;

    // What `haft_typed_NAME` is.
    static HaftTyped description(const HPyDef *def)
    {
        HaftTyped typed_signature{};
        typed_signature.version = HAFT_TYPED_VERSION;
        typed_signature.has_sentinel = has_native && std::is_void_v<Object> && needs_context;
        typed_signature.def = def;
        if constexpr (has_native)
            typed_signature.function = reinterpret_cast<void (*)(void)>(entry());
        typed_signature.signature = signature.c_str();
        if constexpr (is_number)
            typed_signature.sentinel.number = -1.0;
        else if constexpr (std::is_integral_v<R> && !std::is_same_v<R, bool>)
            typed_signature.sentinel.integer = -1;
        return typed_signature;
    }
};

} // namespace haft

// HAFT_FUNCTION(SYM, "name", function, .doc = "..."): definition SYM of a function of a module.
#define HAFT_FUNCTION(SYM, NAME, FUNCTION, ...)                                                         \
    HPyDef_METH(SYM, NAME, HPyFunc_VARARGS, __VA_ARGS__)                                                \
    static HPy SYM##_impl(HPyContext *ctx, HPy, const HPy *args, size_t nargs)                          \
    {                                                                                                   \
        return haft::Bound<&FUNCTION>::call(ctx, nullptr, NAME, args, nargs);                           \
    }                                                                                                   \
    HPy_EXPORTED_FUNC const HaftTyped haft_typed_##SYM;                                                 \
    const HaftTyped haft_typed_##SYM = haft::Bound<&FUNCTION>::description(&SYM);

// HAFT_METHOD(SYM, "name", Type, &Type::method, .doc = "..."): definition SYM of a method of a type, after
// HPyType_HELPERS(Type).
#define HAFT_METHOD(SYM, NAME, TYPE, METHOD, ...)                                                       \
    HPyDef_METH(SYM, NAME, HPyFunc_VARARGS, __VA_ARGS__)                                                \
    static HPy SYM##_impl(HPyContext *ctx, HPy self, const HPy *args, size_t nargs)                     \
    {                                                                                                   \
        return haft::Bound<METHOD>::call(ctx, TYPE##_AsStruct(ctx, self), NAME, args, nargs);           \
    }                                                                                                   \
    HPy_EXPORTED_FUNC const HaftTyped haft_typed_##SYM;                                                 \
    const HaftTyped haft_typed_##SYM = haft::Bound<METHOD>::description(&SYM);

#endif // HAFT_HPY_HPP
