package dynamo_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/shared/feed/feedtest"
	"github.com/dangol/dangol/shared/table/dynamo"
	"github.com/dangol/dangol/shared/table/dynamo/dynamotest"
	"github.com/dangol/dangol/shared/table/tabletest"
	"github.com/dangol/dangol/shared/testkit/awsplace"
)

const noSwitches = "a service has no fault switches; what the engine makes of its refusals is tested beside it"

func TestTheEngineKeepsThePort(t *testing.T) {
	s := tabletest.Subject{Table: dynamotest.Open(t, dynamo.Options{}), Eventually: 10 * time.Second, Rounds: 25}
	tabletest.Run(t, func(*testing.T) tabletest.Subject { return s },
		tabletest.Exempt{Scenario: "a throttled call changes nothing and can be repeated", Reason: noSwitches},
		tabletest.Exempt{Scenario: "a crash before a write leaves nothing", Reason: noSwitches},
		tabletest.Exempt{Scenario: "a crash after a write leaves it whole", Reason: noSwitches},
		tabletest.Exempt{Scenario: "delayed indexes answer from the past, tables from the present", Reason: noSwitches},
	)
}

func TestTheStreamsKeepTheFeedsPort(t *testing.T) {
	awsplace.Config(t) // skips where there is no place, before the scenarios do one by one
	feedtest.Run(t, func(t *testing.T) feedtest.Subject {
		e, s := dynamotest.OpenWithStreams(t, dynamo.Options{})
		return feedtest.Subject{Table: e, Source: s}
	}, feedtest.Exempt{Scenario: "a consumer goes on where it stopped after a restart",
		Reason: "on AWS the place is kept by Lambda, here by the test's reader, which lives as long as the test"})
}
