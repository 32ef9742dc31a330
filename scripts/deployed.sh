#!/usr/bin/env bash
# Deploys the real template to MiniStack with the stock CDK, without what it cannot hold (infra/local.go), and plays the stories against the stage.
# `make test-aws` runs it beside the emulator and names the CDK.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${DANGOL_MINISTACK_URL:?make test-aws runs this beside MiniStack}" "${CDK:?make test-aws names the CDK}"
export AWS_ENDPOINT_URL=$DANGOL_MINISTACK_URL DANGOL_TARGET=local DANGOL_STAGE=local DANGOL_REGION=$AWS_REGION CDK_DEFAULT_REGION=$AWS_REGION
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20

# MiniStack runs functions as processes of this machine, whatever architecture the template names.
export DANGOL_BINARIES=$PWD/bin/lambda-local
go run ./scripts/package -here -out "$DANGOL_BINARIES"

# MiniStack's SES takes mail and says nothing more of it: the tests' post office stands there instead, where the functions are told that SES is.
DANGOL_SES_ENDPOINT=http://127.0.0.1:$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export DANGOL_SES_ENDPOINT

# Downloads fail for moments: what fetches is tried once more.
twice() { "$@" || { sleep 5 && "$@"; }; }
cd infra
twice env GOFLAGS=-mod=mod go list -deps . ./steps >/dev/null
twice $CDK --version
GOFLAGS=-mod=mod go run ./steps begin
GOFLAGS=-mod=mod go run .
$CDK bootstrap "aws://000000000000/$AWS_REGION"
began=$SECONDS
$CDK deploy --all --require-approval never --outputs-file cdk.out/outputs.json
echo "deployed in $((SECONDS - began)) s"
cd ..
DANGOL_DEPLOYED_URL=$(sed -n 's/.*"APIAddress": "\(.*\)".*/\1/p' infra/cdk.out/outputs.json)
DANGOL_DEPLOYED_EDGE=$(curl -fsS "$AWS_ENDPOINT_URL/" -H 'Content-Type: application/x-amz-json-1.1' -H 'X-Amz-Target: AmazonSSM.GetParameter' \
	-H "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/$AWS_REGION/ssm/aws4_request, SignedHeaders=host, Signature=none" \
	-d '{"Name":"/dangol/local/edge","WithDecryption":true}' | sed -n 's/.*"Value": *"\([^"]*\)".*/\1/p')
export DANGOL_DEPLOYED_URL DANGOL_DEPLOYED_EDGE
go test -count=1 -run TestOnlyThisMachineReachesTheEmulators ./localstack/emulators
go test -count=1 -v -timeout 9m ./localstack/deployed
