package main

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/sesevent"
)

// detail is what all of SES's events tell of the mail; the tags are those that shared/mail/ses sends with.
const detail = `"mail":{"timestamp":"2026-03-02T12:00:00.000Z","destination":["jun@teahouse.kr"],"tags":{"ses:configuration-set":["dangol-test-mail"],
	"dangol-message":["msg_1"],"dangol-tenant":["wsp_1"],"dangol-campaign":["cmp_1"]}}`

// events are as SES puts them on the bus. Source: AWS, SES developer guide, "Examples of event data that Amazon SES publishes to Amazon EventBridge".
var events = map[mail.EventKind]string{
	mail.Accepted:  `{"eventType":"Send",` + detail + `,"send":{}}`,
	mail.Delivered: `{"eventType":"Delivery",` + detail + `,"delivery":{"timestamp":"2026-03-02T12:00:03.000Z","smtpResponse":"250 ok"}}`,
	mail.Bounced: `{"eventType":"Bounce",` + detail + `,"bounce":{"bounceType":"Permanent","bounceSubType":"Suppressed",
		"bouncedRecipients":[{"emailAddress":"jun@teahouse.kr"}],"timestamp":"2026-03-02T12:00:04.000Z"}}`,
	mail.Complained: `{"eventType":"Complaint",` + detail + `,"complaint":{"complainedRecipients":[{"emailAddress":"jun@teahouse.kr"}],
		"timestamp":"2026-03-02T13:00:00.000Z"}}`,
}

// What SES tells of this stage's mails reaches functions/outcomes as it came, and is read there.
func TestEventsOfSESBecomeOutcomes(t *testing.T) {
	tp := synth(t, "test")
	rule := tp.Resources["MailReports"]
	target := rule.Properties["Targets"].([]any)[0].(map[string]any)
	queue := tp.where(t, "AWS::SQS::Queue", "QueueName", "dangol-test-outcomes")
	if !refersTo(target["Arn"], queue.ID) || target["DeadLetterConfig"] == nil || target["InputTransformer"] != nil || target["InputPath"] != nil {
		t.Errorf("the event does not go to the outcomes as it came, or is lost when it cannot: %v", target)
	}
	for _, q := range []string{"outcomes", "mailevents-dead"} {
		if !mayPut(tp, tp.where(t, "AWS::SQS::Queue", "QueueName", "dangol-test-"+q), rule) {
			t.Errorf("the rule may not put messages on %s", q)
		}
	}
	if got := rule.get("EventPattern.detail.mail.tags"); got != "map[ses:configuration-set:[dangol-test-mail]]" {
		t.Errorf("it takes the events of other stages too: %s", got)
	}
	for kind, detail := range events {
		got, err := sesevent.Decode([]byte(`{"source":"aws.ses","detail":` + detail + `}`))
		if err != nil || len(got) != 1 || got[0].Kind != kind || got[0].MessageID != "msg_1" || got[0].Tenant != "wsp_1" || got[0].Campaign != "cmp_1" ||
			got[0].Address != "jun@teahouse.kr" || got[0].At.Before(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: got %+v, %v", kind, got, err)
		}
	}
}

// mayPut says whether a queue's policy lets the rule send to it.
func mayPut(tp template, queue, rule *resource) bool {
	return slices.ContainsFunc(tp.of("AWS::SQS::QueuePolicy"), func(p *resource) bool {
		return refersTo(p.Properties["Queues"], queue.ID) && slices.ContainsFunc(statementsOf(p), func(s statement) bool {
			return s.Effect == "Allow" && refersTo(s.Condition, rule.ID)
		})
	})
}

func TestSESTellsOfEverythingThatIsFolded(t *testing.T) {
	tp := synth(t, "test")
	destination := tp.of("AWS::SES::ConfigurationSetEventDestination")[0]
	if got := destination.get("EventDestination.MatchingEventTypes"); got != "[SEND DELIVERY BOUNCE COMPLAINT]" {
		t.Errorf("got %s", got)
	}
	if got := tp.of("AWS::SES::EmailIdentity")[0].get("EmailIdentity"); got != "dangol.example" {
		t.Errorf("the identity is %s", got)
	}
}

// A stage with SES tenants lets those who send make them, out of its own identity and set and under its own names; another stage's role cannot.
func TestOnlyAStageWithTenantsMakesThem(t *testing.T) {
	const association = "ses:CreateTenantResourceAssociation"
	for name, tenants := range map[string]bool{"test": false, "prod": true} {
		tp := synth(t, name)
		for _, row := range catalogue.Rows() {
			fn := tp.functionOf(t, name, row)
			for _, action := range []string{"ses:CreateTenant", association} {
				if got, want := tp.may(fn, action, ""), row.Mail && tenants; got != want {
					t.Errorf("%s: %s: %s allowed is %v, want %v", name, row.Name, action, got, want)
				}
			}
			if row.Mail && tenants {
				wantSender(t, tp, fn)
			}
		}
	}
}

// wantSender holds what a function tells new tenants to send with against what it may associate and send with.
func wantSender(t *testing.T, tp template, fn *resource) {
	t.Helper()
	told := variables(fn)
	if got := told["DANGOL_SES_TENANTS"]; got != "dangol-prod-" {
		t.Errorf("%s: names of tenants begin with %v", fn.ID, got)
	}
	for _, s := range tp.statements(fn) {
		var ends []string
		for _, r := range s.Resources {
			text := joined(r)
			ends = append(ends, text[strings.LastIndexByte(text, ':')+1:])
		}
		switch want := []string{"identity/dangol.example", "configuration-set/dangol-prod-mail"}; s.Actions[0] {
		case "ses:CreateTenantResourceAssociation":
			if !slices.Equal(ends, append(want, "tenant/dangol-prod-wsp_*/tn-*")) {
				t.Errorf("%s may associate %v", fn.ID, ends)
			}
		case "ses:SendEmail":
			joins, _ := told["DANGOL_SES_RESOURCES"].(map[string]any)["Fn::Join"].([]any)
			if !slices.Equal(ends, want) || !reflect.DeepEqual(joins, []any{",", s.Resources}) {
				t.Errorf("%s sends with %v, its tenants with %v, want %v", fn.ID, s.Resources, joins, want)
			}
		}
	}
}
