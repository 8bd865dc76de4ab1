//! The methods of the built-in types and the `builtins` module.
#![recursion_limit = "1024"] // tables of native functions are read row by row
pub mod alias;
mod arguments;
pub mod binary;
pub mod container;
pub mod error;
pub mod function;
pub mod iterator;
pub mod number;
pub mod runtime;
pub mod structseq;
mod syntax_tree;
pub mod text;

use haft_core::{R, Vm};

/// Give the built-in classes their slots and methods.
pub fn install(vm: &mut Vm) {
    haft_core::protocol::type_attributes::install(vm);
    haft_core::protocol::descriptors::install(vm);
    number::install(vm);
    text::install(vm);
    binary::install(vm);
    container::install(vm);
    iterator::install(vm);
    alias::install(vm);
    function::install(vm);
    error::install(vm);
    runtime::install(vm);
    syntax_tree::install(vm);
}

/// Make what needs all built-in classes: `ExceptionGroup`, `sys`, the import system. After [`install`].
pub fn finish(vm: &mut Vm) -> R<()> {
    error::finish(vm)?;
    runtime::finish(vm)
}
