# make run    serve the seed graph with its playground
# make test   all tests
# The other targets are for those who change Plexus; .ci/run runs them all.

GO ?= go
WEB = cmd/internal/web
DEPLOY = cmd/plexus/deploy
CLIENTS = cmd/internal/clients
GOLANGCI_LINT = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
CYCLONEDX = github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
GO_LICENSES = github.com/google/go-licenses@v1.6.0
NPM_LICENSES = license-checker-rseidelsohn@4.4.2
GOTESTSUM = gotest.tools/gotestsum@v1.13.0
DOCKERFILE_LINT = dockerfile-utils@0.16.3

.PHONY: run test race web clients lint generate released soak equal suite bench annotate fuzz sbom licenses

run: web
	$(GO) run ./cmd/plexus serve

# Tells at the end how many tests were skipped, and why each: what they lack
# (../shared beside the clone, Node, Chromium, root ...). With
# PLEXUS_REQUIRE_ALL=1 lacking anything fails.
test: web clients
	$(GO) run $(GOTESTSUM) --format pkgname -- ./...

# The tests as CI runs them; needs a C compiler. On a busy machine a package takes
# longer than the ten minutes that Go gives it.
race: web clients
	$(GO) run $(GOTESTSUM) --format pkgname -- -race -shuffle=on -timeout 30m ./...

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

# The tests that kill and interrupt, a hundred times each; then a server under
# all kinds of clients and reloads, for the time SOAK.
SOAK ?= 10m
soak:
	PLEXUS_KILLS=100 $(GO) test -count=1 -run 'Killed|Interrupted' -v ./cmd/plexus
	PLEXUS_SOAK=$(SOAK) $(GO) test -count=1 -timeout 0 -run TestSoak -v ./cmd/plexus

# The plans and the resolvers, with a hundred thousand random operations.
equal:
	PLEXUS_PLAN_OPERATIONS=100000 $(GO) test -count=1 -timeout 30m -run TestEqual -v ./resolvers/plan

# The tests of graphql-js for validation and execution, from a clone of it (branch
# 16.x.x): make suite GRAPHQL_JS=DIR.
GRAPHQL_JS ?= ../graphql-js
suite: clients
	PLEXUS_GRAPHQL_JS=$(abspath $(GRAPHQL_JS)) $(GO) test -count=1 -run TestGraphQLJS -v ./resolvers

lint:
	$(GO) run $(GOLANGCI_LINT) run
	@if command -v npx >/dev/null; then \
		npx --yes $(DOCKERFILE_LINT) lint $(DEPLOY)/Dockerfile; \
	else \
		echo "make: Node is not installed; the Dockerfile is not checked"; \
	fi

# What the program is made of, as CycloneDX: the modules, and the packages in
# the playground's scripts. (Go's part needs a clone, and fails in a linked work
# tree.)
sbom: web
	mkdir -p dist
	CGO_ENABLED=0 $(GO) run $(CYCLONEDX) app -json -licenses -std -main cmd/plexus -output dist/plexus.cdx.json
	cd $(WEB) && npm sbom --sbom-format cyclonedx --sbom-type application > $(CURDIR)/dist/playground.cdx.json

# Fails if anything in the program has a licence that is not listed. All allow
# it to be given to anybody under ours, with their text, which the image has in
# /licenses and the playground in LICENSES.txt. MPL-2.0 asks for the source of
# its own files too: they go with their licence.
GO_ALLOWED = Apache-2.0,BSD-2-Clause,BSD-3-Clause,MIT,MPL-2.0
NPM_ALLOWED = Apache-2.0;BSD-2-Clause;MIT;0BSD;Python-2.0
licenses: web
	$(GO) run $(GO_LICENSES) check ./cmd/plexus --allowed_licenses=$(GO_ALLOWED)
	npx --yes $(NPM_LICENSES) --start $(WEB) --excludePrivatePackages --onlyAllow '$(NPM_ALLOWED)' --summary

# What is written by programs: the SDL of the kinds, and schema/gen.
generate:
	$(GO) generate ./...

# The schema of now becomes the one that later changes must not break. What that
# changes for clients is printed; the test asks for it in CHANGELOG.md.
released: clients
	@new=$$(mktemp) && $(GO) run ./cmd/plexus schema >$$new && \
	{ (cd $(CLIENTS) && node inspect.mjs ../../../schema/released.graphqls $$new) || true; } && \
	{ echo '# The schema as it was last released. make released writes it, never a hand.'; echo; cat $$new; } >schema/released.graphqls && \
	rm $$new
	@$(GO) test -count=1 -run TestReleased ./schema

# Plexus against other services on the same data. Those that need more are
# asked for: make bench PEERS=memory,pgx,postgraphile,dgraph (pgx: PostgreSQL;
# postgraphile: PostgreSQL, Node and npm; dgraph: Go alone, but minutes to build).
# What each package measures of itself: go test -bench . ./...
PEERS ?= memory
bench:
	$(GO) run ./cmd/bench/peers -peers $(PEERS)

# How well articles are read: on the article of the seed, which lies beside the clone,
# and on the labelled texts; and how fast.
annotate:
	$(GO) test -count=1 -run TestQuality -v -bench BenchmarkAnnotate ./seed/annotate

# Each fuzz target for FUZZTIME. One that fails runs once more: Go before 1.27
# sometimes fails with "context deadline exceeded" when the time is up
# (go.dev/issue/75804). An input that was found stands in testdata/fuzz by then
# and fails again.
FUZZTIME ?= 10m
fuzz:
	@for pkg in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "$$pkg $$target"; \
			fuzz="$(GO) test -run ^$$ -fuzz ^$$target$$ -fuzztime $(FUZZTIME) $$pkg"; \
			$$fuzz || $$fuzz || exit 1; \
		done; \
	done
