//! Running bytecode.
//!
//! `machine` is the trait over which handlers are written; `direct` executes, `jit` executes and records. `ops` holds
//! the handlers that are generic; `simple`, `build`, `calls` those a trace would only call. `run` is the loop that
//! dispatches to them, `frame` enters functions, `bind` binds their arguments, `unwind` is about exceptions,
//! `generator` about suspension, `asend` about that of asynchronous generators.
pub mod asend;
mod bind;
mod body;
mod build;
mod calls;
pub(crate) mod consume;
mod direct;
mod frame;
mod frame_object;
mod generator;
mod intrinsics;
pub mod jit;
mod known;
mod load;
pub mod machine;
mod names;
mod ops;
mod run;
mod simple;
mod slow;
mod special;
mod unwind;
pub mod watch;

pub use body::{exec_code, run_class_body};
pub use frame::{Call, Entered, enter_function};
pub use frame_object::{FrameObject, frame_object};
pub use generator::{
    AsyncYield, Delivery, generator_close, generator_send, generator_throw, stop_as_absent,
};
pub(crate) use jit::{push_exact, run_entered};
pub(crate) use known::Known;
pub use load::{const_of, load_code, load_const};
pub use run::run;
