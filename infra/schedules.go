package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsscheduler"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/crm/due"
)

// What EventBridge Scheduler allows for the time after which it gives up on a call.
const (
	leastEventAge = time.Minute
	mostEventAge  = 24 * time.Hour
)

// callTries is how often a call that Lambda does not take is repeated; what the function does with it is Lambda's affair.
const callTries = 10

// start makes a schedule for each kind of due work. What Lambda did not take in the end, for want of a right or of the function, waits among the dead
// letters.
func (st *stack) start(row catalogue.Function, fn awslambda.Function) {
	group := awsscheduler.NewCfnScheduleGroup(st.scope, jsii.String("Schedules-"+row.Name), &awsscheduler.CfnScheduleGroupProps{Name: st.settings.name(row.Name)})
	dead := st.newDeadLetters(row.Name)
	role := st.newStarter(row, group)
	allow(role, []string{"lambda:InvokeFunction"}, fn.FunctionArn())
	allow(role, []string{"sqs:SendMessage"}, dead.QueueArn())
	for _, s := range row.Schedules {
		st.newSchedule(s, group, &awsscheduler.CfnSchedule_TargetProperty{
			Arn: fn.FunctionArn(), RoleArn: role.RoleArn(), Input: jsii.String(input(s)),
			RetryPolicy: &awsscheduler.CfnSchedule_RetryPolicyProperty{
				MaximumEventAgeInSeconds: jsii.Number(eventAge(s).Seconds()), MaximumRetryAttempts: jsii.Number(callTries),
			},
			DeadLetterConfig: &awsscheduler.CfnSchedule_DeadLetterConfigProperty{Arn: dead.QueueArn()},
		}).Node().AddDependency(role.Node().FindChild(jsii.String("DefaultPolicy"))) // the first call needs its rights
	}
}

// newStarter makes the role in which the schedules of a group call, and nobody else.
// Source: AWS, Scheduler user guide, "Cross-service confused deputy prevention".
func (st *stack) newStarter(row catalogue.Function, group awsscheduler.CfnScheduleGroup) awsiam.Role {
	only := map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": st.scope.Account(), "aws:SourceArn": group.AttrArn()}}
	return awsiam.NewRole(st.scope, jsii.String("Starter-"+row.Name), &awsiam.RoleProps{
		AssumedBy: awsiam.NewServicePrincipal(jsii.String("scheduler.amazonaws.com"), &awsiam.ServicePrincipalOpts{Conditions: &only}),
	})
}

func (st *stack) newSchedule(s catalogue.Schedule, group awsscheduler.CfnScheduleGroup, target *awsscheduler.CfnSchedule_TargetProperty) awsscheduler.CfnSchedule {
	props := &awsscheduler.CfnScheduleProps{
		Name: jsii.String(string(s.Kind)), GroupName: group.Ref(), ScheduleExpression: jsii.String(expression(s)), Target: target,
		FlexibleTimeWindow: &awsscheduler.CfnSchedule_FlexibleTimeWindowProperty{Mode: jsii.String("OFF")},
	}
	if s.Zone != "" {
		props.ScheduleExpressionTimezone = jsii.String(s.Zone)
	}
	return awsscheduler.NewCfnSchedule(st.scope, jsii.String("Schedule-"+string(s.Kind)), props)
}

// expression writes the schedule as EventBridge reads it: a rate with its grammar of singular and plural, or minutes of the zone's clock.
func expression(s catalogue.Schedule) string {
	minutes := int(s.Every.Minutes())
	switch {
	case s.Zone != "" && minutes == 60:
		return "cron(0 * * * ? *)"
	case s.Zone != "":
		return fmt.Sprintf("cron(0/%d * * * ? *)", minutes)
	case minutes == 1:
		return "rate(1 minute)"
	}
	return fmt.Sprintf("rate(%d minutes)", minutes)
}

// input is what the function is called with.
func input(s catalogue.Schedule) string {
	text, err := json.Marshal(due.Call{Kind: s.Kind})
	if err != nil {
		panic(err) // a name always can be written
	}
	return string(text)
}

// eventAge is how long a call may wait to be taken: until the next one overtakes it.
func eventAge(s catalogue.Schedule) time.Duration {
	return min(max(s.Every, leastEventAge), mostEventAge)
}
