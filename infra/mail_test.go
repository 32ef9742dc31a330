package main

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/mail"
)

// detail is what all of SES's events tell of the mail; the tags are those that shared/mail/ses sends with.
const detail = `"mail":{"timestamp":"2026-03-02T12:00:00.000Z","destination":["jun@teahouse.kr"],"tags":{"ses:configuration-set":["dangol-test-mail"],
	"message":["msg_1"],"tenant":["wsp_1"],"campaign":["cmp_1"]}}`

// events are as SES puts them on the bus. Source: AWS, SES developer guide, "Examples of event data that Amazon SES publishes to Amazon EventBridge".
var events = map[mail.EventKind]string{
	mail.Accepted:  `{"eventType":"Send",` + detail + `,"send":{}}`,
	mail.Delivered: `{"eventType":"Delivery",` + detail + `,"delivery":{"timestamp":"2026-03-02T12:00:03.000Z","smtpResponse":"250 ok"}}`,
	mail.Bounced: `{"eventType":"Bounce",` + detail + `,"bounce":{"bounceType":"Permanent","bounceSubType":"Suppressed",
		"bouncedRecipients":[{"emailAddress":"jun@teahouse.kr"}],"timestamp":"2026-03-02T12:00:04.000Z"}}`,
	mail.Complained: `{"eventType":"Complaint",` + detail + `,"complaint":{"complainedRecipients":[{"emailAddress":"jun@teahouse.kr"}],
		"timestamp":"2026-03-02T13:00:00.000Z"}}`,
}

// What the transformer makes of an event is what functions/outcomes decodes: a list of mail.Event.
func TestEventsOfSESBecomeOutcomes(t *testing.T) {
	tp := synth(t, "test")
	for _, r := range sesReports {
		t.Run(string(r.kind), func(t *testing.T) {
			rule := tp.Resources["Mail"+string(r.kind)]
			target := rule.Properties["Targets"].([]any)[0].(map[string]any)
			var got []mail.Event
			if err := json.Unmarshal([]byte(transformed(t, target["InputTransformer"].(map[string]any), events[r.kind])), &got); err != nil {
				t.Fatal(err)
			}
			if len(got) != 1 || got[0].Kind != r.kind || got[0].MessageID != "msg_1" || got[0].Tenant != "wsp_1" || got[0].Campaign != "cmp_1" ||
				got[0].Address != "jun@teahouse.kr" || got[0].At.Before(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)) {
				t.Errorf("got %+v", got)
			}
			queue := tp.where(t, "AWS::SQS::Queue", "QueueName", "dangol-test-outcomes")
			if !refersTo(target["Arn"], queue.ID) || target["DeadLetterConfig"] == nil {
				t.Error("the event does not go to the outcomes, or is lost when it cannot")
			}
			for _, q := range []string{"outcomes", "mailevents-dead"} {
				if !mayPut(tp, tp.where(t, "AWS::SQS::Queue", "QueueName", "dangol-test-"+q), rule) {
					t.Errorf("the rule may not put messages on %s", q)
				}
			}
			if got := rule.get("EventPattern.detail.mail.tags"); got != "map[ses:configuration-set:[dangol-test-mail]]" {
				t.Errorf("it takes the events of other stages too: %s", got)
			}
		})
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

var variable = regexp.MustCompile(`<(\w+)>`)

// transformed does as EventBridge does: each variable becomes the JSON of what its path leads to.
func transformed(t *testing.T, by map[string]any, event string) string {
	t.Helper()
	var root any
	if err := json.Unmarshal([]byte(`{"detail":`+event+`}`), &root); err != nil {
		t.Fatal(err)
	}
	return variable.ReplaceAllStringFunc(by["InputTemplate"].(string), func(name string) string {
		path := by["InputPathsMap"].(map[string]any)[strings.Trim(name, "<>")].(string)
		value, err := json.Marshal(follow(root, strings.TrimPrefix(path, "$.")))
		if err != nil || string(value) == "null" {
			t.Errorf("%s leads to nothing in the event: EventBridge would leave a hole in the JSON", path)
		}
		return string(value)
	})
}

// follow goes down a path such as a.b[0].
func follow(v any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		name, first := strings.CutSuffix(name, "[0]")
		m, _ := v.(map[string]any)
		v = m[name]
		if l, ok := v.([]any); first && ok && len(l) > 0 {
			v = l[0]
		}
	}
	return v
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
