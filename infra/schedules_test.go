package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/due"
)

// Each kind of due work has a schedule of its own, which calls the row's function with the kind, and nothing else starts a function by the clock.
func TestEveryKindIsStartedByASchedule(t *testing.T) {
	tp := synth(t, "test")
	all := 0
	for _, row := range catalogue.Rows() {
		for _, s := range row.Schedules {
			all++
			r := tp.where(t, "AWS::Scheduler::Schedule", "Name", string(s.Kind))
			target := r.Properties["Target"].(map[string]any)
			if !refersTo(target["Arn"], tp.function(t, row).ID) || target["Input"] != `{"kind":"`+string(s.Kind)+`"}` {
				t.Errorf("%s calls %v with %v", s.Kind, target["Arn"], target["Input"])
			}
			if got := r.get("ScheduleExpressionTimezone"); got != s.Zone {
				t.Errorf("%s is in the zone %q, want %q", s.Kind, got, s.Zone)
			}
			if got := r.get("ScheduleExpression"); got != expression(s) || r.get("FlexibleTimeWindow.Mode") != "OFF" {
				t.Errorf("%s comes %s, window %s, want %s at once", s.Kind, got, r.get("FlexibleTimeWindow.Mode"), expression(s))
			}
		}
	}
	if got := len(tp.of("AWS::Scheduler::Schedule")); got != all || scheduledRule(tp) {
		t.Errorf("schedules: got %d, want %d and no rule beside them", got, all)
	}
}

// scheduledRule says whether a rule of EventBridge, as earlier releases had one, runs by the clock.
func scheduledRule(tp template) bool {
	return slices.ContainsFunc(tp.of("AWS::Events::Rule"), func(r *resource) bool { return r.get("ScheduleExpression") != "" })
}

// A call that Lambda does not take is repeated until the next one overtakes it, and waits among the dead letters then.
func TestCallsThatAreNotTakenAreRepeatedAndKept(t *testing.T) {
	tp := synth(t, "test")
	for _, row := range catalogue.Rows() {
		for _, s := range row.Schedules {
			r := tp.where(t, "AWS::Scheduler::Schedule", "Name", string(s.Kind))
			if got := r.get("Target.RetryPolicy.MaximumEventAgeInSeconds"); got != fmt.Sprint(s.Every.Seconds()) || r.get("Target.RetryPolicy.MaximumRetryAttempts") == "" {
				t.Errorf("%s: a call waits for %q s, want %s", s.Kind, got, s.Every)
			}
			dead := tp.where(t, "AWS::SQS::Queue", "QueueName", "dangol-test-"+row.Name+"-dead")
			if !refersTo(r.Properties["Target"].(map[string]any)["DeadLetterConfig"], dead.ID) {
				t.Errorf("%s: what is not taken is lost", s.Kind)
			}
		}
	}
}

// The schedules' role calls the one function and fills the one queue, and only the group of these schedules gets it.
func TestASchedulesRoleCallsItsFunctionAlone(t *testing.T) {
	for name, tp := range everyTemplate(t) {
		for _, r := range tp.of("AWS::Scheduler::Schedule") {
			role := tp.Resources[references(r.Properties["Target"].(map[string]any)["RoleArn"])[0]]
			group := tp.Resources[references(r.Properties["GroupName"])[0]]
			trust, _ := json.Marshal(role.Properties["AssumeRolePolicyDocument"])
			for _, want := range []string{`"Service":"scheduler.amazonaws.com"`, `"aws:SourceAccount"`, `"aws:SourceArn":{"Fn::GetAtt":["` + group.ID + `","Arn"]}`} {
				if !strings.Contains(string(trust), want) {
					t.Errorf("%s: %s trusts %s, want %s in it", name, role.ID, trust, want)
				}
			}
			got := map[string][]string{}
			for _, p := range tp.of("AWS::IAM::Policy") {
				if refersTo(p.Properties["Roles"], role.ID) {
					for _, s := range statementsOf(p) {
						got[strings.Join(s.Actions, " ")] = references(s.Resources)
					}
				}
			}
			target := r.Properties["Target"].(map[string]any)
			if len(got) != 2 || !slices.Equal(got["lambda:InvokeFunction"], references(target["Arn"])) || !slices.Equal(got["sqs:SendMessage"], references(target["DeadLetterConfig"])) {
				t.Errorf("%s: %s may %v", name, role.ID, got)
			}
		}
	}
}

func TestHowASchedulesRhythmIsWritten(t *testing.T) {
	for want, s := range map[string]catalogue.Schedule{
		"rate(1 minute)":        {Every: time.Minute},
		"rate(5 minutes)":       {Every: 5 * time.Minute},
		"rate(60 minutes)":      {Every: time.Hour},
		"cron(0/15 * * * ? *)":  {Every: 15 * time.Minute, Zone: "UTC"},
		"cron(0 * * * ? *)":     {Every: time.Hour, Zone: "Asia/Kathmandu"},
		`{"kind":"scores"}`:     {Kind: due.Scores},
		`{"kind":"a \"name\""}`: {Kind: `a "name"`},
	} {
		got := expression(s)
		if s.Every == 0 {
			got = input(s)
		}
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
