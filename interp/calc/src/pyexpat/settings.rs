//! The attributes of a parser: handlers, settings and where it is.
use haft_core::{R, Value, Vm, getsets};

use super::parser::this_parser;

/// Rows of handlers.
macro_rules! handlers {
    ($( $(#[doc = $doc:literal])+ $name:ident; )+) => {
        /// A function that is called for some event.
        #[expect(clippy::enum_variant_names, reason = "the attributes' names in Python")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Handler { $( $(#[doc = $doc])+ $name, )+ }
        /// How many there are.
        pub(super) const N_HANDLERS: usize = [$( Handler::$name ),+].len();
        getsets! {
            pub(super) static HANDLERS = { $(
                $(#[doc = $doc])+
                $name => |vm, this| get_handler(vm, this, Handler::$name),
                    |vm, this, value| set_handler(vm, this, Handler::$name, value);
            )+ }
        }
    };
}

handlers! {
    /// Called with a name and attributes.
    StartElementHandler;
    /// Called with a name.
    EndElementHandler;
    /// Called with target and data.
    ProcessingInstructionHandler;
    /// Called with text.
    CharacterDataHandler;
    /// Called with name, base, system and public identifier and notation.
    UnparsedEntityDeclHandler;
    /// Called with name, base, system and public identifier.
    NotationDeclHandler;
    /// Called with prefix and URI.
    StartNamespaceDeclHandler;
    /// Called with a prefix.
    EndNamespaceDeclHandler;
    /// Called with the text of a comment.
    CommentHandler;
    /// Called without arguments.
    StartCdataSectionHandler;
    /// Called without arguments.
    EndCdataSectionHandler;
    /// Called with the markup of what has no handler; entities are not expanded.
    DefaultHandler;
    /// Called with the markup of what has no handler.
    DefaultHandlerExpand;
    /// Called without arguments; zero makes it an error.
    NotStandaloneHandler;
    /// Called with context, base, system and public identifier; zero makes it an error.
    ExternalEntityRefHandler;
    /// Called with name, system and public identifier, and whether there is an internal subset.
    StartDoctypeDeclHandler;
    /// Called without arguments.
    EndDoctypeDeclHandler;
    /// Called with name, kind, value, base, system and public identifier and notation.
    EntityDeclHandler;
    /// Called with version, encoding and standalone.
    XmlDeclHandler;
    /// Called with a name and a model.
    ElementDeclHandler;
    /// Called with element, attribute, type, default and whether it is required.
    AttlistDeclHandler;
    /// Called with a name and a kind.
    SkippedEntityHandler;
}

fn get_handler(vm: &mut Vm, this: Value, handler: Handler) -> R {
    let this = this_parser(vm, this)?;
    Ok(this.handlers.borrow()[handler as usize])
}

fn set_handler(vm: &mut Vm, this: Value, handler: Handler, value: Value) -> R<()> {
    let this = this_parser(vm, this)?;
    if value.is_absent() {
        return Err(vm.runtime_error("Cannot delete attribute"));
    }
    if handler == Handler::CharacterDataHandler {
        super::deliver::flush(vm, this)?;
    }
    this.handlers.borrow_mut()[handler as usize] = value;
    let default = this.handlers.borrow()[Handler::DefaultHandler as usize];
    this.parser.borrow_mut().expands_entities = default.is_none();
    Ok(())
}

/// A truth value that is set.
fn flag(vm: &mut Vm, value: Value) -> R<bool> {
    if value.is_absent() {
        return Err(vm.runtime_error("Cannot delete attribute"));
    }
    vm.truth(value)
}

getsets! {
    pub(super) static GETSETS = {
        /// Is text collected before its handler is called?
        buffer_text => |vm, this| { let this = this_parser(vm, this)?; Ok(Value::bool(this.buffers_text.get())) },
            |vm, this, value| {
                let (value, this) = (flag(vm, value)?, this_parser(vm, this)?);
                if !value {
                    super::deliver::flush(vm, this)?;
                }
                this.buffers_text.set(value);
                Ok(())
            };
        /// How much text is collected.
        buffer_size => |vm, this| { let this = this_parser(vm, this)?; Ok(vm.int_usize(this.buffer_size.get())) }, set_buffer_size;
        /// How much text was collected.
        buffer_used => |vm, this| { let this = this_parser(vm, this)?; let n = this.text.borrow().len(); Ok(vm.int_usize(n)) };
        /// Are prefixes reported?
        namespace_prefixes => |vm, this| { let this = this_parser(vm, this)?; Ok(Value::bool(this.namespace_prefixes.get())) },
            |vm, this, value| {
                let (value, this) = (flag(vm, value)?, this_parser(vm, this)?);
                this.parser.borrow_mut().set_reports_prefixes(value);
                this.namespace_prefixes.set(value);
                Ok(())
            };
        /// Are attributes a list?
        ordered_attributes => |vm, this| { let this = this_parser(vm, this)?; Ok(Value::bool(this.ordered_attributes.get())) },
            |vm, this, value| { let (value, this) = (flag(vm, value)?, this_parser(vm, this)?); this.ordered_attributes.set(value); Ok(()) };
        /// Are only attributes of the document itself reported?
        specified_attributes => |vm, this| { let this = this_parser(vm, this)?; Ok(Value::bool(this.specified_attributes.get())) },
            |vm, this, value| { let (value, this) = (flag(vm, value)?, this_parser(vm, this)?); this.specified_attributes.set(value); Ok(()) };
        /// Names seen.
        intern => |vm, this| { let this = this_parser(vm, this)?; Ok(this.intern) };
        /// Number of the last error.
        ErrorCode => |vm, this| { let this = this_parser(vm, this)?; Ok(Value::small(this.error_code.get())) };
        /// Line of the last error.
        ErrorLineNumber => line;
        /// Column of the last error.
        ErrorColumnNumber => column;
        /// Byte of the last error.
        ErrorByteIndex => byte;
        /// Line of the current event.
        CurrentLineNumber => line;
        /// Column of the current event.
        CurrentColumnNumber => column;
        /// Byte of the current event.
        CurrentByteIndex => byte;
    }
}

fn line(vm: &mut Vm, this: Value) -> R {
    let position = this_parser(vm, this)?.parser.borrow().position();
    Ok(vm.int_u64(position.line))
}

fn column(vm: &mut Vm, this: Value) -> R {
    let position = this_parser(vm, this)?.parser.borrow().position();
    Ok(vm.int_u64(position.column))
}

fn byte(vm: &mut Vm, this: Value) -> R {
    let position = this_parser(vm, this)?.parser.borrow().position();
    Ok(vm.int_u64(position.byte))
}

fn set_buffer_size(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let this = this_parser(vm, this)?;
    if value.is_absent() {
        return Err(vm.runtime_error("Cannot delete attribute"));
    }
    if !vm.is_int(value) {
        return Err(vm.type_error("buffer_size must be an integer"));
    }
    let size = vm.index_of(value)?;
    match usize::try_from(size).ok().filter(|&size| size > 0) {
        Some(size) if size > i32::MAX as usize => {
            Err(vm.value_error(format!("buffer_size must not be greater than {}", i32::MAX)))
        }
        Some(size) => {
            super::deliver::flush(vm, this)?;
            this.buffer_size.set(size);
            Ok(())
        }
        None => Err(vm.value_error("buffer_size must be greater than zero")),
    }
}
