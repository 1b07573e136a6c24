# Two commands do everything on a fresh Debian-like machine with Rust: `make plan` and `make test`.

.PHONY: plan test tools check bench

# The main job: an audited plan for Vĩnh Long's adopted programme, written to plans/vinh-long.
plan: tools
	cargo run --release -- plan datasets/vinh-long models/directive-20 --time-limit 2m --out plans/vinh-long

# Every test, in the profile of `make plan`, so that HiGHS is built once.
test: tools
	cargo test --release

# Formatting, lints, documentation, and the program as `make plan` builds it.
check: tools
	cargo fmt --check
	# Without the tests' dependencies, whose features the others may lean on unnoticed.
	cargo check --release
	cargo clippy --release --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --release --no-deps

bench: tools
	cargo bench

# HiGHS is built from source: it needs cmake, a C++ compiler and libclang.
tools:
	@sh tools/install.sh
