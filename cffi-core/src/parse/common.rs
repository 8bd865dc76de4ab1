//! Type names that every `cdef` knows without declaring them.
//!
//! A lookup by name, so that an environment which uses none of them costs nothing.

use super::{Declarations, typename};
use crate::types::{CTypeId, Primitive, Quals, Types};

/// Whether `name` is predefined.
pub(super) fn is_common(name: &str) -> bool {
    (name.ends_with("_t") && Primitive::from_name(name).is_some())
        || matches!(name, "bool" | "FILE")
        || (cfg!(windows) && windows(name).is_some())
}

/// The predefined type called `name`.
pub(super) fn resolve(name: &str, types: &mut Types) -> Option<(CTypeId, Quals)> {
    if cfg!(windows) { windows_or_portable(name, types) } else { portable(name, types) }
}

fn portable(name: &str, types: &mut Types) -> Option<(CTypeId, Quals)> {
    match name {
        "bool" => Some((Types::primitive(Primitive::Bool), Quals::NONE)),
        "FILE" => Some((types.file(), Quals::NONE)),
        _ if name.ends_with("_t") => {
            Primitive::from_name(name).map(|primitive| (Types::primitive(primitive), Quals::NONE))
        }
        _ => None,
    }
}

/// Resolve a Windows name through its expansions, each of them a star or qualifier away from the next.
fn windows_or_portable(name: &str, types: &mut Types) -> Option<(CTypeId, Quals)> {
    match windows(name) {
        Some(expansion) => {
            let mut scratch = Declarations::new();
            typename::parse(&mut scratch, types, expansion, &windows_or_portable).ok()
        }
        None => portable(name, types),
    }
}

/// Names and the C types they stand for, of the names that are no primitives of their own.
pub fn common_types() -> impl Iterator<Item = (&'static str, &'static str)> {
    let windows = if cfg!(windows) { WINDOWS } else { &[] };
    [("bool", "_Bool"), ("FILE", "struct _IO_FILE")].into_iter().chain(windows.iter().copied())
}

/// The Windows SDK's names for 64-bit Windows, which is the only one we know.
fn windows(name: &str) -> Option<&'static str> {
    let index = WINDOWS.binary_search_by_key(&name, |&(name, _)| name).ok()?;
    Some(WINDOWS[index].1)
}

/// Sorted by name.
const WINDOWS: &[(&str, &str)] = &[
    ("ATOM", "WORD"),
    ("BOOL", "int"),
    ("BOOLEAN", "BYTE"),
    ("BYTE", "unsigned char"),
    ("CCHAR", "char"),
    ("CHAR", "char"),
    ("COLORREF", "DWORD"),
    ("DWORD", "unsigned long"),
    ("DWORD32", "unsigned int"),
    ("DWORD64", "unsigned long long"),
    ("DWORDLONG", "ULONGLONG"),
    ("DWORD_PTR", "ULONG_PTR"),
    ("FLOAT", "float"),
    ("HACCEL", "HANDLE"),
    ("HALF_PTR", "int"),
    ("HANDLE", "PVOID"),
    ("HBITMAP", "HANDLE"),
    ("HBRUSH", "HANDLE"),
    ("HCOLORSPACE", "HANDLE"),
    ("HCONV", "HANDLE"),
    ("HCONVLIST", "HANDLE"),
    ("HCURSOR", "HICON"),
    ("HDC", "HANDLE"),
    ("HDDEDATA", "HANDLE"),
    ("HDESK", "HANDLE"),
    ("HDROP", "HANDLE"),
    ("HDWP", "HANDLE"),
    ("HENHMETAFILE", "HANDLE"),
    ("HFILE", "int"),
    ("HFONT", "HANDLE"),
    ("HGDIOBJ", "HANDLE"),
    ("HGLOBAL", "HANDLE"),
    ("HHOOK", "HANDLE"),
    ("HICON", "HANDLE"),
    ("HINSTANCE", "HANDLE"),
    ("HKEY", "HANDLE"),
    ("HKL", "HANDLE"),
    ("HLOCAL", "HANDLE"),
    ("HMENU", "HANDLE"),
    ("HMETAFILE", "HANDLE"),
    ("HMODULE", "HINSTANCE"),
    ("HMONITOR", "HANDLE"),
    ("HPALETTE", "HANDLE"),
    ("HPEN", "HANDLE"),
    ("HRESULT", "LONG"),
    ("HRGN", "HANDLE"),
    ("HRSRC", "HANDLE"),
    ("HSZ", "HANDLE"),
    ("HWND", "HANDLE"),
    ("INT", "int"),
    ("INT16", "short"),
    ("INT32", "int"),
    ("INT64", "long long"),
    ("INT8", "signed char"),
    ("INT_PTR", "long long"),
    ("LANGID", "WORD"),
    ("LCID", "DWORD"),
    ("LCTYPE", "DWORD"),
    ("LGRPID", "DWORD"),
    ("LONG", "long"),
    ("LONG32", "int"),
    ("LONG64", "long long"),
    ("LONGLONG", "long long"),
    ("LONG_PTR", "long long"),
    ("LPARAM", "LONG_PTR"),
    ("LPBOOL", "BOOL *"),
    ("LPBYTE", "BYTE *"),
    ("LPCOLORREF", "DWORD *"),
    ("LPCSTR", "const char *"),
    ("LPCVOID", "const void *"),
    ("LPCWSTR", "const WCHAR *"),
    ("LPDWORD", "DWORD *"),
    ("LPHANDLE", "HANDLE *"),
    ("LPINT", "int *"),
    ("LPLONG", "long *"),
    ("LPSTR", "CHAR *"),
    ("LPVOID", "void *"),
    ("LPWORD", "WORD *"),
    ("LPWSTR", "WCHAR *"),
    ("LRESULT", "LONG_PTR"),
    ("PBOOL", "BOOL *"),
    ("PBOOLEAN", "BOOLEAN *"),
    ("PBYTE", "BYTE *"),
    ("PCHAR", "CHAR *"),
    ("PCSTR", "const CHAR *"),
    ("PCWSTR", "const WCHAR *"),
    ("PDWORD", "DWORD *"),
    ("PDWORD32", "DWORD32 *"),
    ("PDWORD64", "DWORD64 *"),
    ("PDWORDLONG", "DWORDLONG *"),
    ("PDWORD_PTR", "DWORD_PTR *"),
    ("PFLOAT", "FLOAT *"),
    ("PHALF_PTR", "HALF_PTR *"),
    ("PHANDLE", "HANDLE *"),
    ("PHKEY", "HKEY *"),
    ("PINT", "int *"),
    ("PINT16", "INT16 *"),
    ("PINT32", "INT32 *"),
    ("PINT64", "INT64 *"),
    ("PINT8", "INT8 *"),
    ("PINT_PTR", "INT_PTR *"),
    ("PLCID", "PDWORD"),
    ("PLONG", "LONG *"),
    ("PLONG32", "LONG32 *"),
    ("PLONG64", "LONG64 *"),
    ("PLONGLONG", "LONGLONG *"),
    ("PLONG_PTR", "LONG_PTR *"),
    ("PSHORT", "SHORT *"),
    ("PSIZE_T", "SIZE_T *"),
    ("PSSIZE_T", "SSIZE_T *"),
    ("PSTR", "CHAR *"),
    ("PUCHAR", "UCHAR *"),
    ("PUHALF_PTR", "UHALF_PTR *"),
    ("PUINT", "UINT *"),
    ("PUINT16", "UINT16 *"),
    ("PUINT32", "UINT32 *"),
    ("PUINT64", "UINT64 *"),
    ("PUINT8", "UINT8 *"),
    ("PUINT_PTR", "UINT_PTR *"),
    ("PULONG", "ULONG *"),
    ("PULONG32", "ULONG32 *"),
    ("PULONG64", "ULONG64 *"),
    ("PULONGLONG", "ULONGLONG *"),
    ("PULONG_PTR", "ULONG_PTR *"),
    ("PUSHORT", "USHORT *"),
    ("PVOID", "void *"),
    ("PWCHAR", "WCHAR *"),
    ("PWORD", "WORD *"),
    ("PWSTR", "WCHAR *"),
    ("QWORD", "unsigned long long"),
    ("SC_HANDLE", "HANDLE"),
    ("SC_LOCK", "LPVOID"),
    ("SERVICE_STATUS_HANDLE", "HANDLE"),
    ("SHORT", "short"),
    ("SIZE_T", "ULONG_PTR"),
    ("SSIZE_T", "LONG_PTR"),
    ("UCHAR", "unsigned char"),
    ("UHALF_PTR", "unsigned int"),
    ("UINT", "unsigned int"),
    ("UINT16", "unsigned short"),
    ("UINT32", "unsigned int"),
    ("UINT64", "unsigned long long"),
    ("UINT8", "unsigned char"),
    ("UINT_PTR", "unsigned long long"),
    ("ULONG", "unsigned long"),
    ("ULONG32", "unsigned int"),
    ("ULONG64", "unsigned long long"),
    ("ULONGLONG", "unsigned long long"),
    ("ULONG_PTR", "unsigned long long"),
    ("USHORT", "unsigned short"),
    ("USN", "LONGLONG"),
    ("VOID", "void"),
    ("WCHAR", "wchar_t"),
    ("WINSTA", "HANDLE"),
    ("WORD", "unsigned short"),
    ("WPARAM", "UINT_PTR"),
    ("_Dcomplex", "_cffi_double_complex_t"),
    ("_Fcomplex", "_cffi_float_complex_t"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_names_are_sorted_and_resolve() {
        assert!(WINDOWS.is_sorted_by_key(|&(name, _)| name));
        let mut types = Types::new();
        for &(name, _) in WINDOWS {
            assert!(windows_or_portable(name, &mut types).is_some(), "{name}");
        }
        let (ty, _) = windows_or_portable("LPCWSTR", &mut types).unwrap();
        assert_eq!(types.text(ty), "wchar_t *");
        let (ty, _) = windows_or_portable("WPARAM", &mut types).unwrap();
        assert_eq!(types.text(ty), "unsigned long long");
    }
}
