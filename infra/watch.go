package main

import (
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsbudgets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/table"
)

// watch adds what tells people of trouble: alarms with their topic, one dashboard, one budget.
func (st *stack) watch() {
	if st.settings.Alarms {
		topic := st.newTopic().Ref()
		for _, a := range st.alarms() {
			st.newAlarm(a, topic)
		}
		st.newDashboard()
	}
	if !st.settings.local() {
		st.newBudget()
	}
}

// newTopic makes the topic of all alarms. Its messages are not encrypted at rest: CloudWatch may not use AWS's own key for SNS, and a key of ours is billed
// by the month. They name an alarm and a figure.
func (st *stack) newTopic() awssns.CfnTopic {
	props := &awssns.CfnTopicProps{TopicName: st.settings.name("alerts")}
	if st.settings.AlertTo != "" {
		props.Subscription = []any{&awssns.CfnTopic_SubscriptionProperty{Protocol: jsii.String("email"), Endpoint: jsii.String(st.settings.AlertTo)}}
	}
	topic := awssns.NewCfnTopic(st.scope, jsii.String("Alerts"), props)
	arn := &[]*string{topic.Ref()}
	awssns.NewCfnTopicPolicy(st.scope, jsii.String("AlertsPolicy"), &awssns.CfnTopicPolicyProps{
		Topics: arn,
		PolicyDocument: awsiam.NewPolicyDocument(&awsiam.PolicyDocumentProps{Statements: &[]awsiam.PolicyStatement{
			awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
				Principals: &[]awsiam.IPrincipal{awsiam.NewServicePrincipal(jsii.String("cloudwatch.amazonaws.com"), nil)},
				Actions:    jsii.Strings("sns:Publish"), Resources: arn,
				Conditions: &map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": st.scope.Account()}},
			}),
			awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
				Effect: awsiam.Effect_DENY, Principals: &[]awsiam.IPrincipal{awsiam.NewAnyPrincipal()},
				Actions: jsii.Strings("sns:Publish"), Resources: arn, Conditions: &map[string]any{"Bool": map[string]any{"aws:SecureTransport": "false"}},
			}),
		}}),
	})
	return topic
}

// newDashboard puts what the incident cards ask for on one page. The first three of an account are free.
func (st *stack) newDashboard() {
	graph := func(title, stat string, metrics ...metric) awscloudwatch.IWidget {
		return awscloudwatch.NewGraphWidget(&awscloudwatch.GraphWidgetProps{
			Title: jsii.String(title), Left: shown(metrics, stat), Width: jsii.Number(8), Height: jsii.Number(6),
			LiveData: jsii.Bool(true),
		})
	}
	api := dims("ApiId", st.api.api.Ref())
	var waiting, dead, errors, took, used []metric
	for _, name := range catalogue.Queues() {
		waiting = append(waiting, metric{space: "AWS/SQS", name: "ApproximateAgeOfOldestMessage", of: dims("QueueName", st.settings.name(string(name)))})
	}
	for _, of := range st.dead {
		dead = append(dead, metric{space: "AWS/SQS", name: "ApproximateNumberOfMessagesVisible", of: dims("QueueName", st.settings.name(of+"-dead"))})
	}
	for _, row := range catalogue.Rows() {
		of := dims("FunctionName", st.functions[row.Name].FunctionName())
		errors = append(errors, metric{space: "AWS/Lambda", name: "Errors", of: of})
		took = append(took, metric{space: "AWS/Lambda", name: "Duration", of: of})
	}
	for _, name := range table.Names() {
		of := dims("TableName", st.tables[name].TableName())
		used = append(used, metric{space: "AWS/DynamoDB", name: "ConsumedReadCapacityUnits", of: of}, metric{space: "AWS/DynamoDB", name: "ConsumedWriteCapacityUnits", of: of})
	}
	awscloudwatch.NewDashboard(st.scope, jsii.String("Dashboard"), &awscloudwatch.DashboardProps{
		DashboardName: st.settings.name("dashboard"),
		Widgets: &[]*[]awscloudwatch.IWidget{
			{graph("Requests", "Sum", metric{space: "AWS/ApiGateway", name: "Count", of: api}, metric{space: "AWS/ApiGateway", name: "4xx", of: api},
				metric{space: "AWS/ApiGateway", name: "5xx", of: api}),
				graph("Answer in ms, 99 of 100", "p99", metric{space: "AWS/ApiGateway", name: "Latency", of: api}),
				graph("Functions: errors", "Sum", errors...)},
			{graph("Queues: oldest message in seconds", "Maximum", waiting...), graph("Dead letters", "Maximum", dead...), graph("Tables: units", "Sum", used...)},
			{graph("Functions: ms, 99 of 100", "p99", took...)},
		},
	})
}

func shown(metrics []metric, stat string) *[]awscloudwatch.IMetric {
	list := []awscloudwatch.IMetric{}
	for _, m := range metrics {
		list = append(list, awscloudwatch.NewMetric(&awscloudwatch.MetricProps{
			Namespace: jsii.String(m.space), MetricName: jsii.String(m.name), DimensionsMap: &m.of, Statistic: jsii.String(stat),
			Period: awscdk.Duration_Minutes(jsii.Number(5)),
		}))
	}
	return &list
}

// newBudget watches the whole account: costs by tag are told only after somebody has activated the tag, and a budget over nothing never speaks.
func (st *stack) newBudget() {
	amount, err := strconv.ParseFloat(st.settings.Budget, 64)
	if err != nil || amount <= 0 {
		panic("infra: DANGOL_BUDGET_USD is US dollars a month, not " + st.settings.Budget)
	}
	props := &awsbudgets.CfnBudgetProps{Budget: &awsbudgets.CfnBudget_BudgetDataProperty{
		BudgetName: st.settings.name("budget"), BudgetType: jsii.String("COST"), TimeUnit: jsii.String("MONTHLY"),
		BudgetLimit: &awsbudgets.CfnBudget_SpendProperty{Amount: jsii.Number(amount), Unit: jsii.String("USD")},
	}}
	if st.settings.AlertTo != "" {
		props.NotificationsWithSubscribers = []any{st.warn("ACTUAL", 80), st.warn("FORECASTED", 100)}
	}
	awsbudgets.NewCfnBudget(st.scope, jsii.String("Budget"), props)
}

// warn writes to the owner when the month's costs, or their forecast, pass the percentage.
func (st *stack) warn(of string, percent float64) *awsbudgets.CfnBudget_NotificationWithSubscribersProperty {
	return &awsbudgets.CfnBudget_NotificationWithSubscribersProperty{
		Notification: &awsbudgets.CfnBudget_NotificationProperty{
			NotificationType: jsii.String(of), ComparisonOperator: jsii.String("GREATER_THAN"), Threshold: jsii.Number(percent),
		},
		Subscribers: []any{&awsbudgets.CfnBudget_SubscriberProperty{SubscriptionType: jsii.String("EMAIL"), Address: jsii.String(st.settings.AlertTo)}},
	}
}
