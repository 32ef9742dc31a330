// Package deployed plays the stories of localstack/scenarios against a stage that `cdk deploy` made: through its HTTP API, its authorizer, its functions as
// processes of their own, its queues, streams and schedules. DANGOL_DEPLOYED_URL names the stage's address; scripts/deployed.sh makes
// one on MiniStack, and `make test-aws` runs it.
package deployed
