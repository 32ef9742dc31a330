package main

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// cardName is an alarm's name in the heading of its card.
var cardName = regexp.MustCompile("`([a-z0-9-]+)`")

func operations(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Who is woken by an alarm finds what to do under its name, and no card is about an alarm that never comes.
func TestEveryAlarmHasItsCardAndEveryCardItsAlarm(t *testing.T) {
	cards := map[string]bool{}
	for line := range strings.Lines(operations(t)) {
		if heading, ok := strings.CutPrefix(line, "### "); ok {
			for _, m := range cardName.FindAllStringSubmatch(heading, -1) {
				if cards[m[1]] {
					t.Errorf("%s has two cards", m[1])
				}
				cards[m[1]] = true
			}
		}
	}
	alarms := map[string]bool{}
	for _, a := range synth(t, "prod").of("AWS::CloudWatch::Alarm") {
		name := strings.TrimPrefix(a.get("AlarmName"), "dangol-prod-")
		alarms[name] = true
		if !strings.Contains(a.get("AlarmDescription"), "docs/operations.md, "+name+".") {
			t.Errorf("%s does not say where its card is", name)
		}
	}
	if got, want := slices.Sorted(maps.Keys(cards)), slices.Sorted(maps.Keys(alarms)); !slices.Equal(got, want) {
		t.Errorf("cards of %v\nalarms     %v", got, want)
	}
}

func TestEverySettingIsInTheTable(t *testing.T) {
	source, err := os.ReadFile("settings.go")
	if err != nil {
		t.Fatal(err)
	}
	text := operations(t)
	for _, m := range regexp.MustCompile(`"(DANGOL_[A-Z_]+)"`).FindAllStringSubmatch(string(source), -1) {
		if !strings.Contains(text, "| `"+m[1]+"` |") {
			t.Errorf("%s is not in the table of docs/operations.md", m[1])
		}
	}
}

// The limits that were chosen, held so that a change of one is seen.
func TestAlarmsHaveTheirLimits(t *testing.T) {
	tp := synth(t, "prod")
	for name, want := range map[string][4]string{ // above or below, limit, periods in a row, what silence means
		"api-failing":               {"GreaterThanThreshold", "5", "1", "notBreaching"},
		"changefeed-late":           {"GreaterThanThreshold", "60000", "5", "notBreaching"},
		"lakefeed-late":             {"GreaterThanThreshold", "60000", "5", "notBreaching"},
		"schedule-silent":           {"LessThanThreshold", "1", "2", "breaching"},
		"schedule-failing":          {"GreaterThanThreshold", "2", "2", "notBreaching"},
		"campaign-waits":            {"GreaterThanThreshold", "1800", "2", "notBreaching"},
		"functions-throttled":       {"GreaterThanThreshold", "10", "2", "notBreaching"},
		"throttled-outreach-writes": {"GreaterThanThreshold", "100", "2", "notBreaching"},
		"dead-sends":                {"GreaterThanThreshold", "0", "1", "notBreaching"},
		"dead-changefeed":           {"GreaterThanThreshold", "0", "1", "notBreaching"},
		"dead-lakefeed":             {"GreaterThanThreshold", "0", "1", "notBreaching"},
		"mail-bounces":              {"GreaterThanThreshold", "0.04", "1", "notBreaching"},
		"mail-complaints":           {"GreaterThanThreshold", "0.0008", "1", "notBreaching"},
	} {
		a := tp.where(t, "AWS::CloudWatch::Alarm", "AlarmName", "dangol-prod-"+name)
		got := [4]string{a.get("ComparisonOperator"), a.get("Threshold"), a.get("EvaluationPeriods"), a.get("TreatMissingData")}
		if got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// An alarm on a queue or a function that does not exist would be quiet for good, and one without an action is told to nobody.
func TestAlarmsWatchWhatIsThereAndTellSomebody(t *testing.T) {
	tp := synth(t, "prod")
	queues := map[string]bool{}
	for _, q := range tp.of("AWS::SQS::Queue") {
		queues[q.get("QueueName")] = true
	}
	for _, a := range tp.of("AWS::CloudWatch::Alarm") {
		for _, d := range listed(a.Properties["Dimensions"]) {
			d, _ := d.(map[string]any)
			if name, ok := d["Value"].(string); ok && !queues[name] {
				t.Errorf("%s watches %s, which is not in the template", a.ID, name)
			}
		}
		for _, action := range []string{"AlarmActions", "OKActions"} {
			if !refersTo(a.Properties[action], "Alerts") {
				t.Errorf("%s has no %s", a.ID, action)
			}
		}
	}
}

func TestEveryQueueOfDeadLettersHasAnAlarm(t *testing.T) {
	tp := synth(t, "prod")
	for _, q := range tp.of("AWS::SQS::Queue") {
		of, dead := strings.CutSuffix(strings.TrimPrefix(q.get("QueueName"), "dangol-prod-"), "-dead")
		if dead {
			tp.where(t, "AWS::CloudWatch::Alarm", "AlarmName", "dangol-prod-dead-"+of)
		}
	}
}

func TestDevelopmentIsQuietUnlessAsked(t *testing.T) {
	on := everyTemplate(t)["all switches but the web ACL"]
	if n := len(synth(t, "dev").of("AWS::CloudWatch::Alarm")); n != 0 {
		t.Errorf("dev has %d alarms without being asked", n)
	}
	if len(on.of("AWS::CloudWatch::Alarm")) != len(synth(t, "prod").of("AWS::CloudWatch::Alarm")) {
		t.Error("switched on, dev has other alarms than prod")
	}
	if got := on.of("AWS::SNS::Topic")[0].get("Subscription"); !strings.Contains(got, "owner@dangol.example") {
		t.Errorf("the topic tells %s", got)
	}
	budget := on.of("AWS::Budgets::Budget")[0]
	if n := len(listed(budget.Properties["NotificationsWithSubscribers"])); n != 2 || budget.get("Budget.BudgetLimit.Amount") != "20" {
		t.Errorf("the budget is of %s with %d warnings", budget.get("Budget.BudgetLimit.Amount"), n)
	}
}
