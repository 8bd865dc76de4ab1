//! Module `_codecs`: the registry of codecs and error handlers, and the codecs of the runtime as functions.
mod charmap;
mod convert;
mod handlers;
mod registry;

use haft_core::object::Dict;
use haft_core::{R, Vm, natives};

natives! {
    static FUNCTIONS = {
        /// Register a codec search function.
        register "($module, search_function, /)" => registry::register;
        /// Unregister a codec search function and clear the registry's cache.
        unregister "($module, search_function, /)" => registry::unregister;
        /// Looks up a codec tuple in the Python codec registry and returns a CodecInfo object.
        lookup "($module, encoding, /)" => registry::lookup;
        /// Encodes obj using the codec registered for encoding.
        encode "($module, /, obj, encoding='utf-8', errors=<absent>)" => registry::encode;
        /// Decodes obj using the codec registered for encoding.
        decode "($module, /, obj, encoding='utf-8', errors=<absent>)" => registry::decode;
        /// Register the specified error handler under the name errors.
        register_error "($module, errors, handler, /)" => registry::register_error;
        /// Un-register the specified error handler for the error handling `errors'.
        _unregister_error "($module, errors, /)" => registry::unregister_error;
        /// Return the error handler for the specified error handling name.
        lookup_error "($module, errors, /)" => registry::lookup_error;
        /// The table that encodes what a decoding table decodes.
        charmap_build "($module, map, /)" => charmap::build;
        /// Encode by a mapping.
        charmap_encode "($module, str, errors=None, mapping=None, /)" => charmap::encode;
        /// Decode by a mapping.
        charmap_decode "($module, data, errors=None, mapping=None, /)" => charmap::decode;
    }
}

/// Fill the namespace of `_codecs`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let map = charmap::add(vm);
    registry::add(vm, map);
    handlers::add(vm);
    vm.add_functions(dict, "_codecs", FUNCTIONS);
    vm.add_functions(dict, "_codecs", convert::FUNCTIONS);
    Ok(())
}
