package main

import (
	"strings"
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/table"
)

// alarm is one reason to wake somebody. Its name is its card's in docs/operations.md, where what to do stands. It has one figure: an alarm is billed by its
// figures, so that two of them in one would cost as much as two alarms and say less.
type alarm struct {
	name    string
	says    string // what it means, as the mail of the alarm has it
	metric  metric
	above   float64
	below   bool // alarms when the figure is below the limit instead
	minutes int  // of one period
	periods int  // in a row
	silence bool // no figure at all alarms too
}

// metric is a figure that AWS keeps by itself: none of these is billed by the value.
type metric struct {
	space, name, stat string
	of                map[string]*string // its dimension; nil is the account
}

// alarms lists what is watched. Each figure of a limit says where it is from.
func (st *stack) alarms() (all []alarm) {
	for _, of := range st.dead {
		all = append(all, st.deadLetters(of))
	}
	for _, row := range catalogue.Rows() {
		switch {
		case len(row.Feed) > 0:
			all = append(all, st.feedLate(row))
		case len(row.Schedules) > 0:
			all = append(all, st.heartbeat(row), st.tickFails(row))
		}
	}
	for _, name := range table.Names() {
		all = append(all, st.tableThrottled(name)...)
	}
	return append(all, st.sendsWait(), st.throttled(), st.apiFailing(), bounces(), complaints())
}

func (st *stack) deadLetters(of string) alarm {
	return alarm{name: "dead-" + of, says: of + " gave up on something, which waits in " + *st.settings.name(of + "-dead"),
		metric: metric{"AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", dims("QueueName", st.settings.name(of+"-dead"))},
		above:  0, minutes: 5, periods: 1}
}

// waiting says what stands still while a function is behind the change feed.
var waiting = map[string]string{"changefeed": "jobs, mails and sends stand still", "lakefeed": "lists, segments and scores show what was"}

// feedLate: a hop of every job, every mail and every send leaves through the feed, and what people see in lists, so that a minute late is a minute that they
// notice.
func (st *stack) feedLate(row catalogue.Function) alarm {
	return alarm{name: row.Name + "-late", says: "changes wait more than a minute for " + row.Name + ": " + waiting[row.Name],
		metric: metric{"AWS/Lambda", "IteratorAge", "Maximum", dims("FunctionName", st.functions[row.Name].FunctionName())},
		above:  float64(time.Minute.Milliseconds()), minutes: 1, periods: 5}
}

func (st *stack) heartbeat(row catalogue.Function) alarm {
	return alarm{name: row.Name + "-silent", says: row.Name + " has not been started for ten minutes, instead of every " + row.Often().String(),
		metric: metric{"AWS/Lambda", "Invocations", "Sum", dims("FunctionName", st.functions[row.Name].FunctionName())},
		above:  1, below: true, minutes: 5, periods: 2, silence: true}
}

func (st *stack) tickFails(row catalogue.Function) alarm {
	return alarm{name: row.Name + "-failing", says: row.Name + " fails more often than once in two minutes: what has come due is not started",
		metric: metric{"AWS/Lambda", "Errors", "Sum", dims("FunctionName", st.functions[row.Name].FunctionName())},
		above:  2, minutes: 5, periods: 2}
}

// tableThrottled: an on-demand table throttles one partition above 1,000 writes or 3,000 reads a second; the SDK's retries hide a few.
func (st *stack) tableThrottled(name table.Name) (both []alarm) {
	for _, kind := range []string{"Read", "Write"} {
		both = append(both, alarm{name: "throttled-" + string(name) + "-" + strings.ToLower(kind) + "s",
			says:   "DynamoDB refuses " + strings.ToLower(kind) + "s on " + string(name) + ": one partition is hot, or the account's quota is reached",
			metric: metric{"AWS/DynamoDB", kind + "ThrottleEvents", "Sum", dims("TableName", st.tables[name].TableName())},
			above:  100, minutes: 5, periods: 2})
	}
	return both
}

// sendsWait watches the oldest planned message through the chunk that holds it: a chunk's message stays on the queue until it is worked, and every hop
// puts a new one. Half an hour is five deliveries with their timeouts.
func (st *stack) sendsWait() alarm {
	return alarm{name: "campaign-waits", says: "a chunk of planned messages has waited for half an hour: campaigns do not go out",
		metric: metric{"AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", dims("QueueName", st.settings.name(string(catalogue.Sends)))},
		above:  (30 * time.Minute).Seconds(), minutes: 5, periods: 2}
}

// throttled counts over the account, as its limit of concurrent functions does.
func (st *stack) throttled() alarm {
	return alarm{name: "functions-throttled", says: "Lambda refuses to start functions: the account's concurrency is used up",
		metric: metric{"AWS/Lambda", "Throttles", "Sum", nil}, above: 10, minutes: 5, periods: 2}
}

func (st *stack) apiFailing() alarm {
	return alarm{name: "api-failing", says: "the API answers 5xx",
		metric: metric{"AWS/ApiGateway", "5xx", "Sum", dims("ApiId", st.api.api.Ref())}, above: 5, minutes: 5, periods: 1}
}

// bounces and complaints are told of before SES does: it reviews an account at 5 % and 0.1 %.
// Source: AWS, SES developer guide, "Amazon SES sending review process FAQs".
func bounces() alarm {
	return alarm{name: "mail-bounces", says: "more than 4 % of mails bounce; SES reviews the account at 5 % and stops it at 10 %",
		metric: metric{"AWS/SES", "Reputation.BounceRate", "Maximum", nil}, above: 0.04, minutes: 60, periods: 1}
}

func complaints() alarm {
	return alarm{name: "mail-complaints", says: "more than 0.08 % of mails are reported as spam; SES reviews the account at 0.1 % and stops it at 0.5 %",
		metric: metric{"AWS/SES", "Reputation.ComplaintRate", "Maximum", nil}, above: 0.0008, minutes: 60, periods: 1}
}

func dims(name string, value *string) map[string]*string { return map[string]*string{name: value} }

// newAlarm makes the alarm; it tells the topic when it begins and when it is over.
func (st *stack) newAlarm(a alarm, topic *string) {
	props := &awscloudwatch.CfnAlarmProps{
		AlarmName: st.settings.name(a.name), AlarmDescription: jsii.String(a.says + ". What to do: docs/operations.md, " + a.name + "."),
		ComparisonOperator: jsii.String("GreaterThanThreshold"), Threshold: jsii.Number(a.above), EvaluationPeriods: jsii.Number(a.periods),
		Namespace: jsii.String(a.metric.space), MetricName: jsii.String(a.metric.name), Statistic: jsii.String(a.metric.stat), Period: jsii.Number(a.minutes * 60),
		TreatMissingData: jsii.String("notBreaching"), AlarmActions: &[]any{topic}, OkActions: &[]any{topic},
	}
	if a.below {
		props.ComparisonOperator = jsii.String("LessThanThreshold")
	}
	if a.silence {
		props.TreatMissingData = jsii.String("breaching")
	}
	for name, value := range a.metric.of {
		props.Dimensions = &[]any{&awscloudwatch.CfnAlarm_DimensionProperty{Name: jsii.String(name), Value: value}}
	}
	awscloudwatch.NewCfnAlarm(st.scope, jsii.String("Alarm-"+a.name), props)
}
