//! Python files given where C wants a `FILE *`.
use haft_cffi_core::stream::Stream;

use crate::prelude::*;

payload! {
    /// The stream of a file object, kept as its attribute.
    pub(crate) struct CFile {
        stream: NoTrace<Stream>,
    }
}

/// The attribute of a file object that keeps its stream.
const ATTRIBUTE: &str = "__cffi_FILE";

pub(crate) fn make_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        ..TypeSpec::of::<CFile>("_cffi_backend.__FILE")
    })
}

/// The `FILE *` of a file object, if `pointer` is a type for one. What Python has buffered is written first.
pub(crate) fn stream_of(vm: &mut Vm, pointer: CT, value: Value) -> R<Option<*mut u8>> {
    let is_file = {
        let types = pointer.state.types.borrow();
        matches!(*types.ty(*pointer.id), haft_cffi_core::CType::Pointer(to)
            if types.record(to).is_some_and(|record| record.is_file))
    };
    if !is_file || CD::of_value(value).is_some() {
        return Ok(None);
    }
    let io = haft_builtins::runtime::import::import_module(vm, "io")?;
    let base = vm.get_attr_str(io, "IOBase")?;
    if !vm.isinstance(value, base)? {
        return Ok(None);
    }
    let flush = vm.get_attr_str(value, "flush")?;
    vm.call_positional(flush, &[])?;
    let name = vm.intern(ATTRIBUTE);
    if let Some(known) = vm.find_attr(value, name)?.and_then(PayloadRef::<CFile>::of_value) {
        return Ok(Some(known.stream.address().cast()));
    }
    let fileno = vm.get_attr_str(value, "fileno")?;
    let fd = vm.call_positional(fileno, &[])?;
    let fd = vm.index_of(fd)?;
    let mode = vm.get_attr_str(value, "mode")?;
    let mode = vm.text_of(mode, "mode")?;
    let stream = i32::try_from(fd)
        .map_err(std::io::Error::other)
        .and_then(|fd| Stream::of_descriptor(fd, &mode));
    let stream = match stream {
        Ok(stream) => stream,
        Err(error) => return Err(vm.os_error(&error)),
    };
    let address = stream.address().cast();
    let file = CFile { stream: NoTrace(stream) };
    let file = vm.new_payload(pointer.state.classes.file, file);
    vm.set_attr(value, name, file)?;
    Ok(Some(address))
}
