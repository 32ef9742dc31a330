# Dangol. `make` lists the targets; every one sets up what it needs.
SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

WEB_SOURCES := $(shell find web/src web/public web/scripts web/index.html web/package.json web/*.ts -type f 2>/dev/null)
LINTER      := bin/golangci-lint-2.15.0
# What speaks to AWS: the engines of the ports, and what is deployed. Emulators or an account: docs/emulators.md. Scenarios of SQS wait most of
# their time, each at queues of its own, so that more of them run at once than the machine has cores.
AWS_SUITES  := -parallel 24 $(patsubst %,./%/...,$(wildcard shared/table/dynamo shared/queue/sqs shared/blob/s3 shared/mail/ses shared/cloud localstack/iamproxy localstack/cloudstand scripts/replay scripts/movetenant scripts/rehearse))
# The CDK's kernel warns at length that Node 20 is old; it works, and the value is the version whose warning is off.
INFRA       := JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20 GOFLAGS=-mod=mod go
STEPS       := $(INFRA) -C infra run ./steps
CDK         := npx --yes aws-cdk@2.1148.1 --app cdk.out
STAGE       ?= dev
deploy destroy: export DANGOL_STAGE := $(STAGE)
export NPM_CONFIG_AUDIT := false
export NPM_CONFIG_FUND  := false

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  \1\t\2/' | expand -t 20

run: build ## serve console and API on http://localhost:8080, data in ./data
	@exec bin/dangol

build: need-cc need bin/dangol web/dist/index.html ## the host and the console

test: build need-cc ## everything: Go with the race detector, web units, stories, browser stories
	go test -race -timeout 14m ./...
	cd web && npm run -s test
	scripts/e2e.sh

test-long: need-cc ## the same Go tests with their long rounds: crashes, fuzz corpora, big tables
	DANGOL_LONG=1 go test -race -count=1 -timeout 60m ./...

test-aws: export DANGOL_TEMPLATE := $(CURDIR)/infra/cdk.out/dangol-dev-stack.template.json
test-aws: need synth ## the AWS engines and all stories on LocalStack, once more within the template's rights, then the stack deployed to MiniStack; installs both; needs Python 3.11, Java 17, Maven, Node
	go build -o bin/with ./localstack/emulators/with
	bin/with -use localstack,dynamodb -- go test -count=1 -timeout 14m $(AWS_SUITES) ./localstack/emulators
	CDK="$(CDK)" bin/with -use ministack -- scripts/deployed.sh

test-localstack: need ## the same against the emulator that AWS_ENDPOINT_URL names
	@[ "$${AWS_ENDPOINT_URL:-}" ] || { echo "test-localstack needs AWS_ENDPOINT_URL, such as http://127.0.0.1:4566; \`make test-aws\` starts an emulator itself" >&2; exit 1; }
	env -u DANGOL_AWS_ACCOUNT go test -count=1 -timeout 14m $(AWS_SUITES)

test-account: need ## the same in your AWS account, where they make and delete things that cost cents; needs DANGOL_AWS_ACCOUNT=yes
	@[ "$${DANGOL_AWS_ACCOUNT:-}" = yes ] || { echo "test-account makes and deletes tables, queues and buckets in the AWS account of your credentials: say DANGOL_AWS_ACCOUNT=yes" >&2; exit 1; }
	env -u AWS_ENDPOINT_URL AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true go test -count=1 -timeout 30m $(AWS_SUITES)

lint: need $(LINTER) web/node_modules/.package-lock.json ## vet, linters, web lint, types, both languages complete
	go vet ./...
	$(LINTER) run ./...
	go test -count=1 -v -run TestLongFilesAreReported . | grep -v '^---\|^===' || true
	cd web && npm run -s lint && npm run -s typecheck && npm run -s i18n

check: test lint synth-test openapi-check ## what CI runs, without test-aws

openapi: ## write docs/openapi.yaml and the pages of the reference from the code
	go run ./scripts/openapi

openapi-check: ## fail when docs/openapi.yaml or a page of the reference is stale
	go run ./scripts/openapi -check

lambdas: need ## bin/lambda/<function>/bootstrap and .zip for every function with a lambda/main.go; fails over 8 MB
	go run ./scripts/package

synth: need ## write infra/cdk.out, the CloudFormation template (run `make lambdas` first for one that can be deployed)
	$(INFRA) -C infra run .

deploy: need ## the stage STAGE (dev) on AWS: secrets, functions, stack, console; needs credentials
	@$(STEPS) begin
	@$(MAKE) lambdas synth web/dist/index.html
	@$(STEPS) bootstrapped 2>/dev/null || (cd infra && $(CDK) bootstrap)
	cd infra && $(CDK) deploy --all --require-approval never
	@$(STEPS) console

destroy: need ## the stage STAGE (dev) from AWS; prod keeps its tables, objects and secrets
	@$(STEPS) empty
	@$(MAKE) synth
	cd infra && $(CDK) destroy --all --force
	@$(STEPS) forget

synth-test: need ## hold the template against the catalogue
	$(INFRA) -C infra vet ./... && $(INFRA) -C infra test ./...

bench: build ## measure against the targets, write docs/benchmarks/
	go run ./scripts/bench

licences: need web/node_modules/.package-lock.json ## write NOTICE: what is built in, under which licence
	go run ./scripts/licences

clean: ## remove what was built; ./data stays
	rm -rf bin infra/cdk.out web/dist web/node_modules

need:
	@scripts/need.sh go node

need-cc:
	@scripts/need.sh cc c++

# The compiler knows best what changed: it is asked each time.
.PHONY: bin/dangol
bin/dangol:
	CGO_ENABLED=1 go build -trimpath -o $@ ./localstack/host

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run -s build && touch dist/index.html

web/node_modules/.package-lock.json: web/package-lock.json
	cd web && npm ci --no-progress && touch node_modules/.package-lock.json

$(LINTER):
	GOBIN=$(CURDIR)/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(LINTER:bin/golangci-lint-%=%)
	mv bin/golangci-lint $@

.PHONY: help run build deploy destroy test test-long test-aws test-localstack test-account lint check openapi openapi-check lambdas synth synth-test bench licences clean need need-cc
