# make run    build hegui and judge this repository's platforms
# make quick  vet and the tests that need only Go and git, in their short form
# make test   run every test
# make long   what takes hours: more random tries, every fuzz target, ratios
# make lint   format, vet and lint
# make test-anywhere runs those that need no program beside Go, git and npm
# make webtest install the readers that the tests hand reports to (npm)
# make test-programs install the browser, office, fonts and PDF reader that tests open (apt)
# make notices  print the licences of everything that the program is made of
# make snapshot build what a release would hold into dist/, unsigned and unpublished
# make release the release of the tag that is checked out: CI runs it
# make docs   write the generated pages again
# make profile measure anew what the compiler makes fast
# make golden rewrite what the tests compare with, docs/ included

GO ?= go
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0
GORELEASER := github.com/goreleaser/goreleaser/v2@v2.16.0
COSIGN := github.com/sigstore/cosign/v3/cmd/cosign@v3.1.3
CYCLONEDX := github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
GOLANGCI_LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
VERSION ?= $(shell git describe --tags --always 2>/dev/null || echo dev)

# The platforms described here are compliant on this day; judged today, their
# records would one day be too old.
AS_OF := 2026-12-01

# Tests that open an office or a browser are called so, and run where Debian's
# packages are: CI runs the others on every system.
NEEDS_PROGRAMS := InABrowser$$|InLibreOffice$$
SUDO := $(if $(filter-out 0,$(shell id -u)),sudo)
KNOWN := internal/rulebook/known/known.bin
# What runs often, for the compiler. It is not called default.pgo, with which every
# go vet and go test would compile all dependencies twice.
PROFILE := cmd/hegui/checks.pgo
HEGUI := bin/hegui$(shell $(GO) env GOEXE)

.PHONY: build run quick test long tries test-anywhere webtest test-programs lint vulnerabilities notices snapshot release release-tools as-of docs golden bench profile fuzz

build: $(KNOWN)
	CGO_ENABLED=0 $(GO) build -trimpath -pgo=$(PROFILE) -ldflags "-s -w -X main.version=$(VERSION)" -o $(HEGUI) ./cmd/hegui

# Made by and for the host, whatever system hegui is built for.
$(KNOWN): $(filter-out %_test.go %/known_carried.go,$(wildcard go.* *.go internal/*/*.go internal/rulebook/remember/*.go)) \
		$(wildcard schemas/*.json checks/*.yaml checks/baseline/*.yaml checks/overlays/*.yaml)
	GOOS= GOARCH= $(GO) generate ./internal/rulebook

run: build
	$(HEGUI) check --as-of $(AS_OF)

quick: build
	$(GO) vet ./...
	$(GO) test -short ./...
	$(HEGUI) test

test: build webtest test-programs
	$(GO) vet ./...
	$(GO) test ./...
	$(HEGUI) test
	$(HEGUI) test --mutate

test-anywhere: build webtest
	$(GO) vet ./...
	$(GO) test -skip '$(NEEDS_PROGRAMS)' ./...
	$(HEGUI) test
	$(HEGUI) test --mutate

webtest: internal/webtest/node_modules/.package-lock.json

internal/webtest/node_modules/.package-lock.json: internal/webtest/package-lock.json
	npm ci --prefix internal/webtest
	touch $@

# What tests open pages with: a browser, a Chinese font, a reader of PDF. Only
# what is missing is installed.
test-programs:
	@missing=; \
	command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing="$$missing chromium"; \
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; \
	command -v soffice >/dev/null || missing="$$missing libreoffice-calc"; \
	command -v fc-list >/dev/null && fc-list :lang=zh | grep -q . || missing="$$missing fontconfig fonts-noto-cjk"; \
	test -z "$$missing" || { $(SUDO) apt-get update -qq && \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; }

lint:
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt would change: $$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) run $(GOLANGCI_LINT) run

# The database that this asks cannot be reached from everywhere.
vulnerabilities:
	$(GO) run $(GOVULNCHECK) ./...

# The one place where the day stands; the workflows ask for it.
as-of:
	@echo $(AS_OF)

docs: build
	$(HEGUI) rules --format md --pages docs
	$(HEGUI) rules --schemas schemas/editor --lang zh

golden:
	$(GO) test ./internal/cli ./internal/draft ./internal/handbook ./internal/report -update

# How many times the tries of make test; one SEED gives the same tries again.
LONG := 40
FUZZTIME := 60s

long: FUZZTIME := 10m
long: tries fuzz bench

tries: build webtest test-programs
	@seed=$${SEED:-$$(date +%s)}; \
	echo "$(LONG) times the tries of make test; the same again: make tries LONG=$(LONG) SEED=$$seed"; \
	HEGUI_LONG=$(LONG) HEGUI_SEED=$$seed $(GO) test -v -count 1 -timeout 3h ./... >bin/tries.txt 2>&1 || { cat bin/tries.txt; exit 1; }; \
	grep 'tries from seed' bin/tries.txt

# The goals of docs/performance.md, which INTO=docs/performance.md writes anew. SIZES of
# 1,1000,10000 take three hours and 10 GB; ONLY=gate,start measures these parts alone.
SIZES := 1,100,1000
ONLY :=
INTO :=
bench: build
	$(GO) build -o bin/bench ./cmd/bench
	bin/bench -sizes $(SIZES) -only "$(ONLY)" -into "$(INTO)" -as-of $(AS_OF) $(CURDIR)/$(HEGUI)
	$(GO) test -run '^$$' -bench . -benchtime 3x . ./internal/rulebook ./internal/git

# Wherever it was measured, the profile says nothing of the machine.
profile: $(KNOWN)
	$(GO) test -trimpath -run '^$$' -bench '^BenchmarkReports$$' -benchtime 5x -cpuprofile bin/checks.prof -o bin/checks.test .
	gzip -dc bin/checks.prof | LC_ALL=C perl -0777 -pe 's{/[\w./-]*/hegui\.test}{"-" x length $$&}ge' | gzip -9n >$(PROFILE)

# Every fuzz target there is, one after the other.
fuzz:
	@grep -ro '^func Fuzz[A-Za-z]*' --include='*_test.go' internal | sed 's|/[^/]*:func | |' | sort | while read -r package target; do \
		echo "$$package $$target for $(FUZZTIME)"; \
		$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x "./$$package" </dev/null || exit 1; \
	done

# The checksum database vouches for the tools, from whichever proxy they come.
release-tools:
	GOBIN=$(CURDIR)/bin/tools $(GO) install $(GORELEASER)
	GOBIN=$(CURDIR)/bin/tools $(GO) install $(CYCLONEDX)

# Licences ask to be passed on with what they cover, and Go's own library is part of
# every program. A module without one ends it.
notices:
	@set -e; notice() { echo; echo "==== $$1"; echo; shift; cat "$$@"; }; \
	notice "Go $$($(GO) env GOVERSION)" "$$($(GO) env GOROOT)/LICENSE"; \
	for system in linux darwin windows; do \
		GOOS=$$system $(GO) list -deps -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' ./cmd/hegui; \
	done | sort -u | while read -r module version dir; do \
		files=$$(find "$$dir" -maxdepth 1 -type f \( -iname 'licen[cs]e*' -o -iname 'copying*' -o -iname 'notice*' \) | sort | grep .); \
		notice "$$module $$version" $$files; \
	done

snapshot: release-tools
	PATH="$(CURDIR)/bin/tools:$$PATH" goreleaser check
	PATH="$(CURDIR)/bin/tools:$$PATH" goreleaser release --snapshot --clean --skip sign

release: release-tools
	GOBIN=$(CURDIR)/bin/tools $(GO) install $(COSIGN)
	PATH="$(CURDIR)/bin/tools:$$PATH" goreleaser release --clean
