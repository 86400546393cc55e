# make run    build hegui and judge this repository's platforms
# make test   run every test
# make lint   format, vet and lint
# make webtest install the readers that the tests hand reports to (npm)
# make docs   write the generated pages again
# make golden rewrite what the tests compare with, docs/ included
# make known  remember anew what the schemas and checks say, after a change to them

GO ?= go
GOLANGCI_LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
VERSION ?= $(shell git describe --tags --always 2>/dev/null || echo dev)

# The platforms described here are compliant on this day; judged today, their
# records would one day be too old.
AS_OF := 2026-12-01

.PHONY: build run test webtest lint docs golden known bench fuzz

build:
	$(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/hegui ./cmd/hegui

run: build
	bin/hegui check --as-of $(AS_OF)

test: build webtest
	$(GO) vet ./...
	$(GO) test ./...
	bin/hegui test
	bin/hegui test --mutate

webtest: internal/webtest/node_modules/.package-lock.json

internal/webtest/node_modules/.package-lock.json: internal/webtest/package-lock.json
	npm ci --prefix internal/webtest
	touch $@

lint:
	@unformatted=$$(gofmt -l .); test -z "$$unformatted" || { echo "gofmt would change: $$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) run $(GOLANGCI_LINT) run

docs: build
	bin/hegui rules --format md --pages docs

golden: known
	$(GO) test ./internal/cli ./internal/handbook ./internal/report -update

known:
	$(GO) test ./internal/rulebook -run TestKnownIsFresh -update

bench:
	$(GO) test -run '^$$' -bench . -benchtime 3x . ./internal/rulebook ./internal/source

fuzz:
	$(GO) test -run '^$$' -fuzz FuzzParse -fuzztime 60s ./internal/document
	$(GO) test -run '^$$' -fuzz FuzzTypes -fuzztime 60s -fuzzminimizetime 1x ./internal/schema
	$(GO) test -run '^$$' -fuzz FuzzCompile -fuzztime 60s -fuzzminimizetime 1x ./internal/expression
	$(GO) test -run '^$$' -fuzz FuzzIndex -fuzztime 60s ./internal/source
	$(GO) test -run '^$$' -fuzz FuzzRevision -fuzztime 60s ./internal/source
