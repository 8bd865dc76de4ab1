//! Random recorded traces: run as they are and optimised, from random states, they must leave everything in the same
//! state. `SEEDS=N` runs more of them, `SEED=N` one, which is printed.
mod compare;
mod generate;

use compare::{check, describe};

#[test]
fn optimised_traces_do_what_recorded_ones_do() {
    if let Some(seed) = number("SEED") {
        let case = generate::case(seed);
        println!("{}", describe(&case));
        check(&case, seed);
        return;
    }
    for seed in 1..=number("SEEDS").unwrap_or(400) {
        check(&generate::case(seed), seed);
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}
