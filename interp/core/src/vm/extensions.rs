//! State that native modules keep in the runtime, found by its Rust type.
//!
//! It is asked for in the middle of functions that are called all the time (the class of a new iterator, say), so it lies in
//! an open table whose places are known by the type.
use std::any::{Any, TypeId};
use std::hash::{Hash, Hasher};

use haft_heap::Tracer;

/// State that a crate of native modules keeps in the runtime.
pub trait Extension: Any {
    /// Report every value in it.
    fn trace(&self, tracer: &mut Tracer<'_>);
    /// For looking it up by type.
    fn as_any(&self) -> &dyn Any;
}

/// Places of the table; there are far fewer states.
const N_PLACES: usize = 256;

/// All states.
pub(super) struct Extensions {
    states: Vec<(TypeId, Box<dyn Extension>)>,
    /// Number of a state plus one, 0 for none.
    places: [u8; N_PLACES],
}

impl Default for Extensions {
    fn default() -> Extensions {
        Extensions { states: Vec::new(), places: [0; N_PLACES] }
    }
}

impl Extensions {
    /// The state of type `T`.
    #[inline]
    pub(super) fn find<T: Extension>(&self) -> Option<&T> {
        let id = TypeId::of::<T>();
        let state = places_of(id).find_map(|place| match self.places[place] {
            0 => Some(None),
            number => {
                let (known, state) = &self.states[usize::from(number) - 1];
                (*known == id).then_some(Some(state))
            }
        });
        state.flatten().and_then(|state| state.as_any().downcast_ref())
    }
    /// Put in a state, in place of the one of its type.
    pub(super) fn insert<T: Extension>(&mut self, state: T) {
        let id = TypeId::of::<T>();
        let new: Box<dyn Extension> = Box::new(state);
        if let Some((_, known)) = self.states.iter_mut().find(|(known, _)| *known == id) {
            *known = new;
            return;
        }
        let place = places_of(id).find(|&place| self.places[place] == 0);
        let place = place.expect("there are fewer modules than places");
        self.states.push((id, new));
        self.places[place] =
            u8::try_from(self.states.len()).expect("there are fewer modules than places");
    }
    /// All states.
    pub(super) fn iter(&self) -> impl Iterator<Item = &dyn Extension> {
        self.states.iter().map(|(_, state)| &**state)
    }
}

/// Where the state of a type may be, the likeliest first.
fn places_of(id: TypeId) -> impl Iterator<Item = usize> {
    let mut hasher = Picked(0);
    id.hash(&mut hasher);
    let first = hasher.0 as usize;
    (0..N_PLACES).map(move |step| first.wrapping_add(step) % N_PLACES)
}

/// Takes what a `TypeId` has for a hash as it is.
struct Picked(u64);

impl Hasher for Picked {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }
    fn write_u64(&mut self, word: u64) {
        self.0 ^= word;
    }
    fn finish(&self) -> u64 {
        self.0
    }
}
