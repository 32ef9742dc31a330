package dynamo_test

import (
	"testing"
	"time"

	"github.com/dangol/dangol/shared/table/dynamo"
	"github.com/dangol/dangol/shared/table/dynamo/dynamotest"
	"github.com/dangol/dangol/shared/table/tabletest"
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
