package main

import (
	"encoding/json"
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsses"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/mail"
)

// sesReport is one kind of event that SES tells of a mail, and what functions/outcomes is to make of it.
type sesReport struct {
	event  string // among the configuration set's MatchingEventTypes
	typed  string // the detail-type in EventBridge
	kind   mail.EventKind
	only   map[string]any // further conditions on the detail
	at     string         // where the detail has the time
	detail string         // where it has the provider's words; "" is nowhere that is always there
}

// sesReports are the events that change a message's state. A transient bounce is none of them: SES has tried for hours, and the address may work
// tomorrow. Source: AWS, SES developer guide, "Examples of event data that Amazon SES publishes to Amazon EventBridge".
var sesReports = []sesReport{
	{event: "SEND", typed: "Email Sent", kind: mail.Accepted, at: "$.detail.mail.timestamp"},
	{event: "DELIVERY", typed: "Email Delivered", kind: mail.Delivered, at: "$.detail.delivery.timestamp"},
	{event: "BOUNCE", typed: "Email Bounced", kind: mail.Bounced, only: map[string]any{"bounce": map[string]any{"bounceType": []string{"Permanent"}}},
		at: "$.detail.bounce.timestamp", detail: "$.detail.bounce.bounceSubType"},
	{event: "COMPLAINT", typed: "Email Complaint Received", kind: mail.Complained, at: "$.detail.complaint.timestamp"},
}

// The tags that every mail is sent with, campaign "service" where it is of none: an event without one of them would become no JSON. shared/mail/ses sets
// them.
const (
	tagMessage  = "message"
	tagTenant   = "tenant"
	tagCampaign = "campaign"
)

// newMail makes the identity that mail is sent from, and leads what becomes of each mail back to the outcomes queue.
func (st *stack) newMail() {
	identity := awsses.NewCfnEmailIdentity(st.scope, jsii.String("MailIdentity"), &awsses.CfnEmailIdentityProps{
		EmailIdentity:  jsii.String(st.settings.MailDomain),
		DkimAttributes: &awsses.CfnEmailIdentity_DkimAttributesProperty{SigningEnabled: jsii.Bool(true)},
	})
	set := awsses.NewCfnConfigurationSet(st.scope, jsii.String("MailSet"), &awsses.CfnConfigurationSetProps{
		Name:               st.settings.name("mail"),
		ReputationOptions:  &awsses.CfnConfigurationSet_ReputationOptionsProperty{ReputationMetricsEnabled: jsii.Bool(true)},
		SuppressionOptions: &awsses.CfnConfigurationSet_SuppressionOptionsProperty{SuppressedReasons: jsii.Strings("BOUNCE", "COMPLAINT")},
	})
	st.publish(set)
	lost := st.newDeadLetters("mailevents") // apart from the outcomes' own: EventBridge sets the event aside as it came, not as the message it was to become
	for _, r := range sesReports {
		st.report(r, lost)
	}
	if !st.settings.local() {
		st.mailRecords(identity)
	}
}

// mailRecords tell the owner what the mail domain needs before SES signs for it. An emulator's identity has none.
func (st *stack) mailRecords(identity awsses.CfnEmailIdentity) {
	for i, record := range [][2]*string{
		{identity.AttrDkimDnsTokenName1(), identity.AttrDkimDnsTokenValue1()},
		{identity.AttrDkimDnsTokenName2(), identity.AttrDkimDnsTokenValue2()},
		{identity.AttrDkimDnsTokenName3(), identity.AttrDkimDnsTokenValue3()},
	} {
		awscdk.NewCfnOutput(st.scope, jsii.String(fmt.Sprintf("MailRecord%d", i+1)), &awscdk.CfnOutputProps{
			Description: jsii.String("A record of the mail domain, for DKIM"),
			Value:       awscdk.Fn_Join(jsii.String(" CNAME "), &[]*string{record[0], record[1]}),
		})
	}
}

// publish sends the set's events to the account's default bus; events of AWS services cost nothing there.
func (st *stack) publish(set awsses.CfnConfigurationSet) {
	events := []*string{}
	for _, r := range sesReports {
		events = append(events, jsii.String(r.event))
	}
	bus := st.scope.FormatArn(&awscdk.ArnComponents{Service: jsii.String("events"), Resource: jsii.String("event-bus"), ResourceName: jsii.String("default")})
	awsses.NewCfnConfigurationSetEventDestination(st.scope, jsii.String("MailEvents"), &awsses.CfnConfigurationSetEventDestinationProps{
		ConfigurationSetName: set.Ref(),
		EventDestination: &awsses.CfnConfigurationSetEventDestination_EventDestinationProperty{
			Name: jsii.String("bus"), Enabled: jsii.Bool(true), MatchingEventTypes: &events,
			EventBridgeDestination: &awsses.CfnConfigurationSetEventDestination_EventBridgeDestinationProperty{EventBusArn: bus},
		},
	})
}

// report turns one kind of event into the message that functions/outcomes reads, a list of one mail.Event, and puts it on its queue.
func (st *stack) report(r sesReport, lost awssqs.Queue) {
	outcomes := st.queues[catalogue.Outcomes].work
	rule := awsevents.NewCfnRule(st.scope, jsii.String("Mail-"+string(r.kind)), &awsevents.CfnRuleProps{
		EventPattern: r.pattern(*st.settings.name("mail")),
		Targets: &[]*awsevents.CfnRule_TargetProperty{{
			Id: jsii.String("outcomes"), Arn: outcomes.QueueArn(), InputTransformer: r.transformer(),
			DeadLetterConfig: &awsevents.CfnRule_DeadLetterConfigProperty{Arn: lost.QueueArn()},
		}},
	})
	for _, q := range []awssqs.Queue{outcomes, lost} {
		q.AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
			Principals: &[]awsiam.IPrincipal{awsiam.NewServicePrincipal(jsii.String("events.amazonaws.com"), nil)},
			Actions:    jsii.Strings("sqs:SendMessage"), Resources: &[]*string{q.QueueArn()},
			Conditions: &map[string]any{"ArnEquals": map[string]any{"aws:SourceArn": rule.AttrArn()}},
		}))
	}
}

// pattern matches the event for mails of this stage's configuration set, so that two stages in an account stay apart.
func (r sesReport) pattern(set string) map[string]any {
	detail := map[string]any{"mail": map[string]any{"tags": map[string]any{"ses:configuration-set": []string{set}}}}
	for name, condition := range r.only {
		detail[name] = condition
	}
	return map[string]any{"source": []string{"aws.ses"}, "detail-type": []string{r.typed}, "detail": detail}
}

func (r sesReport) transformer() *awsevents.CfnRule_InputTransformerProperty {
	paths := map[string]*string{
		"message": tagPath(tagMessage), "tenant": tagPath(tagTenant), "campaign": tagPath(tagCampaign),
		"address": jsii.String("$.detail.mail.destination[0]"), "at": jsii.String(r.at),
	}
	event := fmt.Sprintf(`"Kind":%s,"MessageID":<message>,"Tenant":<tenant>,"Campaign":<campaign>,"Address":<address>,"At":<at>`, quoted(string(r.kind)))
	if r.detail != "" {
		paths["detail"] = jsii.String(r.detail)
		event += `,"Detail":<detail>`
	}
	return &awsevents.CfnRule_InputTransformerProperty{InputPathsMap: &paths, InputTemplate: jsii.String("[{" + event + "}]")}
}

func tagPath(name string) *string { return jsii.String("$.detail.mail.tags." + name + "[0]") }

func quoted(s string) string {
	b, _ := json.Marshal(s) // a string always can
	return string(b)
}
