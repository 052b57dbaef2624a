# make run    serve the seed graph with its playground
# make test   all tests
# The other targets are for those who change Plexus; .ci/run runs them all.

GO ?= go
WEB = cmd/internal/web
CLIENTS = cmd/internal/clients
GOLANGCI_LINT = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.PHONY: run test race web clients lint generate soak equal bench fuzz

run: web
	$(GO) run ./cmd/plexus serve

test: web clients
	$(GO) test ./...

# The tests as CI runs them; needs a C compiler.
race: web clients
	$(GO) test -race -shuffle=on ./...

# The playground's scripts, from npm, built into the program. Without Node the
# page loads them from a CDN.
web:
	@if command -v npm >/dev/null; then \
		echo "make: building the playground's scripts"; \
		cd $(WEB) && npm ci --silent --no-audit --no-fund && npm run --silent build; \
	else \
		echo "make: Node is not installed; the playground will load its scripts from a CDN"; \
	fi

# The clients and tools of others that the tests try on Plexus.
clients:
	@if command -v npm >/dev/null; then \
		echo "make: installing the clients that are tried on Plexus"; \
		cd $(CLIENTS) && npm ci --silent --no-audit --no-fund; \
	fi

# The tests that kill and interrupt, a hundred times each.
soak:
	PLEXUS_KILLS=100 $(GO) test -count=1 -run 'Killed|Interrupted' -v ./cmd/plexus

# The plans and the resolvers, with a hundred thousand random operations.
equal:
	PLEXUS_PLAN_OPERATIONS=100000 $(GO) test -count=1 -timeout 30m -run TestEqual -v ./resolvers/plan

lint:
	$(GO) run $(GOLANGCI_LINT) run

# What is written by programs: the SDL of the kinds, and schema/gen.
generate:
	$(GO) generate ./...

# Plexus against other services on the same data. The others that need more
# than Go are asked for: make bench PEERS=memory,pgx,postgraphile (PostgreSQL;
# Node and npm). What each package measures of itself: go test -bench . ./...
PEERS ?= memory
bench:
	$(GO) run ./cmd/bench/peers -peers $(PEERS)

# Each fuzz target for FUZZTIME.
FUZZTIME ?= 10m
fuzz:
	@for pkg in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "$$pkg $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
		done; \
	done
