package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/queue"
)

// anyResource lists the actions that may stand with the resource "*", with the reason.
var anyResource = map[string]string{
	"xray:PutTraceSegments":    "IAM knows no resource for it; only with DANGOL_TRACE=on",
	"xray:PutTelemetryRecords": "as xray:PutTraceSegments",
	"ses:CreateTenant":         "IAM knows no resource for it; only in a stage with SES tenants",
	"dynamodb:ListStreams":     "IAM knows no resource for it; Lambda asks it once to set up a stream source",
}

// ofKind lists the actions that may stand with a resource ending in "*", with the reason.
var ofKind = map[string]string{
	"s3:GetObject":            "the objects of one tenant, by the tag of the session; and what the change feed sets aside",
	"s3:PutObject":            "as s3:GetObject",
	"s3:DeleteObject":         "as s3:GetObject",
	"s3:AbortMultipartUpload": "as s3:GetObject",

	"glue:GetTable":      "descriptions of the lakes' tables, in which nothing of a tenant stands; those with a workspace's own fields come later",
	"glue:GetPartitions": "as glue:GetTable: a table's partitions are worked out from the query",
	"glue:CreateTable":   "tables with a workspace's own fields, under names that are not known before",

	"ses:CreateTenantResourceAssociation": "SES ends a tenant's ARN with an id of its own",
}

func TestNoRightIsWiderThanListed(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		for _, p := range tp.of("AWS::IAM::Policy") {
			for _, s := range statementsOf(p) {
				for _, a := range s.Actions {
					if strings.Contains(a, "*") {
						t.Errorf("%s: %s: action %s: name the actions", name, p.ID, a)
					}
					for _, r := range s.Resources {
						if r == "*" && anyResource[a] == "" {
							t.Errorf("%s: %s: %s on every resource, without a reason in anyResource", name, p.ID, a)
						}
						if endsInStar(r) && ofKind[a] == "" {
							t.Errorf("%s: %s: %s on all of a kind (%v), without a reason in ofKind", name, p.ID, a, r)
						}
					}
				}
			}
		}
	}
}

// A managed policy is somebody else's list of rights, which grows without a word.
func TestRolesHaveOnlyTheirOwnPolicies(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		for _, r := range tp.of("AWS::IAM::Role") {
			if r.Properties["ManagedPolicyArns"] != nil || r.Properties["Policies"] != nil {
				t.Errorf("%s: %s has policies beside that of its row", name, r.ID)
			}
		}
	}
}

// endsInStar says whether a joined name ends in a wildcard.
func endsInStar(r any) bool {
	m, ok := r.(map[string]any)
	if !ok || m["Fn::Join"] == nil {
		return false
	}
	parts := m["Fn::Join"].([]any)[1].([]any)
	last, _ := parts[len(parts)-1].(string)
	return strings.HasSuffix(last, "*")
}

func TestQueueRightsAreThoseOfTheRow(t *testing.T) {
	tp := synth(t, "test")
	for _, row := range catalogue.Rows() {
		var sends, receives []queue.Name
		for _, s := range tp.statements(tp.function(t, row)) {
			for _, id := range references(s.Resources) {
				name, isQueue := strings.CutPrefix(tp.Resources[id].get("QueueName"), "dangol-test-")
				if !isQueue || strings.HasSuffix(name, "-dead") {
					continue
				}
				if slices.Contains(s.Actions, "sqs:SendMessage") {
					sends = append(sends, queue.Name(name))
				}
				if slices.Contains(s.Actions, "sqs:ReceiveMessage") {
					receives = append(receives, queue.Name(name))
				}
			}
		}
		if !sameSet(sends, row.Sends) {
			t.Errorf("%s sends to %v; its row says %v", row.Name, sends, row.Sends)
		}
		if want := row.Queue; want != "" && !slices.Equal(receives, []queue.Name{want}) || want == "" && receives != nil {
			t.Errorf("%s receives from %v; its row says %q", row.Name, receives, want)
		}
	}
}

func sameSet(a, b []queue.Name) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

func TestOtherRightsAreThoseOfTheRow(t *testing.T) {
	tp := synth(t, "test")
	for _, row := range catalogue.Rows() {
		fn := tp.function(t, row)
		for _, c := range []struct {
			action, on string // on is the beginning of a resource's logical id; "" is any
			want       bool
		}{
			{"ses:SendEmail", "", row.Mail},
			{"ssm:GetParameter", "", row.Keys()},
			{"s3:GetObject", "Objects", false}, // only in a tenant's name
			{"s3:PutObject", "Objects", false},
			{"sts:AssumeRole", "Tenant" + strings.ReplaceAll(row.Name, "-", ""), row.Tenanted()},
			{"s3:PutObject", "Aside", len(row.Feed) > 0},
			{"s3:GetObject", "Aside", false},
			{"s3:PutObject", "Site", false},
			{"xray:PutTraceSegments", "", false},
		} {
			if got := tp.may(fn, c.action, c.on); got != c.want {
				t.Errorf("%s: %s on %q allowed is %v; its row says %v", row.Name, c.action, c.on, got, c.want)
			}
		}
	}
}

// may says whether a function is allowed the action on a resource whose logical id begins so.
func (tp template) may(fn *resource, action, on string) bool {
	return slices.ContainsFunc(tp.statements(fn), func(s statement) bool {
		return slices.Contains(s.Actions, action) &&
			(on == "" || slices.ContainsFunc(references(s.Resources), func(id string) bool { return strings.HasPrefix(id, on) }))
	})
}

// The keys are read by name, and mail is sent from one identity and under one set.
func TestNamedThingsAreNamedWhole(t *testing.T) {
	tp := synth(t, "test")
	want := map[string][]string{
		"ssm:GetParameter": {":parameter/dangol/test/keys"},
		"ses:SendEmail":    {":identity/dangol.example", ":configuration-set/dangol-test-mail"},
	}
	for _, row := range catalogue.Rows() {
		for _, s := range tp.statements(tp.function(t, row)) {
			for _, name := range want[s.Actions[0]] {
				if !slices.ContainsFunc(s.Resources, func(r any) bool { return strings.HasSuffix(joined(r), name) }) {
					t.Errorf("%s: %s is allowed on %v, want ...%s among them", row.Name, s.Actions[0], s.Resources, name)
				}
			}
			if n := len(want[s.Actions[0]]); n > 0 && len(s.Resources) != n {
				t.Errorf("%s: %s is allowed on %d resources, want %d", row.Name, s.Actions[0], len(s.Resources), n)
			}
		}
	}
}

// joined is the text of a joined name, with its references left out.
func joined(r any) string {
	if text, ok := r.(string); ok {
		return text
	}
	m, ok := r.(map[string]any)
	if !ok || m["Fn::Join"] == nil {
		return ""
	}
	var b strings.Builder
	for _, part := range m["Fn::Join"].([]any)[1].([]any) {
		b.WriteString(joined(part))
	}
	return b.String()
}
