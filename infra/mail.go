package main

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsses"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"

	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/id"
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
	st.report(lost)
	if !st.settings.local() {
		st.mailRecords(identity)
	}
}

// sender lists what mail is sent with, by ARN: the identity and the configuration set.
func (st *stack) sender() *[]*string {
	return &[]*string{st.sesName("identity", st.settings.MailDomain), st.sesName("configuration-set", *st.settings.name("mail"))}
}

// allowMail lets a function send, and make the SES tenant of a workspace of this stage if the stage has such tenants. To send as one takes no further right:
// IAM knows the tenant of a message as the condition ses:TenantName alone. Of CreateTenant it knows no resource; an association needs both of its ends.
func (st *stack) allowMail(role awsiam.Role) {
	allow(role, []string{"ses:SendEmail", "ses:SendRawEmail"}, *st.sender()...)
	if !st.settings.Tenants {
		return
	}
	allow(role, []string{"ses:CreateTenant"}, jsii.String("*"))
	ofStage := st.sesName("tenant", *st.settings.name(string(id.Workspace))+"_*/tn-*")
	allow(role, []string{"ses:CreateTenantResourceAssociation"}, append(*st.sender(), ofStage)...)
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
	bus := st.scope.FormatArn(&awscdk.ArnComponents{Service: jsii.String("events"), Resource: jsii.String("event-bus"), ResourceName: jsii.String("default")})
	awsses.NewCfnConfigurationSetEventDestination(st.scope, jsii.String("MailEvents"), &awsses.CfnConfigurationSetEventDestinationProps{
		ConfigurationSetName: set.Ref(),
		EventDestination: &awsses.CfnConfigurationSetEventDestination_EventDestinationProperty{
			Name: jsii.String("bus"), Enabled: jsii.Bool(true), MatchingEventTypes: jsii.Strings("SEND", "DELIVERY", "BOUNCE", "COMPLAINT"),
			EventBridgeDestination: &awsses.CfnConfigurationSetEventDestination_EventBridgeDestinationProperty{EventBusArn: bus},
		},
	})
}

// report puts the events of this stage's mails on the queue of functions/outcomes, as they came: shared/mail/sesevent reads them. Two stages in an account
// stay apart by the configuration set that SES adds to a mail's tags.
func (st *stack) report(lost awssqs.Queue) {
	outcomes := st.queues[catalogue.Outcomes].work
	rule := awsevents.NewCfnRule(st.scope, jsii.String("MailReports"), &awsevents.CfnRuleProps{
		EventPattern: map[string]any{"source": []string{"aws.ses"},
			"detail": map[string]any{"mail": map[string]any{"tags": map[string]any{"ses:configuration-set": []string{*st.settings.name("mail")}}}}},
		Targets: &[]*awsevents.CfnRule_TargetProperty{{
			Id: jsii.String("outcomes"), Arn: outcomes.QueueArn(),
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
