# Thin names: the work is done by scripts/ and by xtask/ (`cargo xtask` lists its commands).
.PHONY: run test build bench fuzz dev setup

export CARGO_TARGET_DIR ?= $(CURDIR)/target

# One toolchain for everything; scripts/toolchain says which.
XTASK = toolchain=$$(scripts/toolchain) && RUSTUP_TOOLCHAIN=$$toolchain cargo xtask

run: build
	KAYLE_BIN=$(CARGO_TARGET_DIR)/release/kayle KAYLE_SITE=$(CARGO_TARGET_DIR)/site scripts/run

test:
	scripts/setup test
	$(XTASK) test

build: setup
	$(XTASK) build --release

bench:
	scripts/setup bench
	$(XTASK) bench

fuzz:
	scripts/setup fuzz
	$(XTASK) fuzz

dev: setup
	$(XTASK) dev

setup:
	scripts/setup
