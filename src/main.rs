//! The program: arguments to an exit code.

fn main() -> std::process::ExitCode {
    trongdiem::cli::main()
}
