//! The program: arguments in, exit status out.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    planlint::cli::run(std::env::args_os(), &mut std::io::stdout(), &mut std::io::stderr())
}
