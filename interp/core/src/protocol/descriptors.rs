//! Behaviour of functions, methods, properties and other descriptors.
use haft_heap::Value;
use crate::payload;
payload! {
    /// A read-only view of a mapping.
    pub struct MappingProxy {
        /// The mapping.
        pub mapping: Value,
    }
}
