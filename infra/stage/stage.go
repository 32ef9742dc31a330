// Package stage names what a stage is known by, to the template and to the steps around it alike.
package stage

// Production is the stage that keeps its data and its keys when its stack is deleted.
const Production = "prod"

// Stack names the stage's stack.
func Stack(stage string) string { return "dangol-" + stage + "-stack" }

// Keys names the parameter with the installation's keys (shared/env.Keys as JSON). A SecureString costs nothing, a secret of Secrets Manager 0.40 USD a
// month. CloudFormation cannot make one, so the steps put it once, before the stack.
func Keys(stage string) string { return "/dangol/" + stage + "/keys" }

// Edge names the parameter with the proof that a request came through CloudFront. It is a plain one: CloudFormation cannot read a SecureString into a header,
// and who knows it can lie about his network address and nothing more.
func Edge(stage string) string { return "/dangol/" + stage + "/edge" }

// SiteBucket is the logical id of the console's bucket, or its beginning.
const SiteBucket = "Site"
