package cloud

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/logs"
	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo"
)

// What an invocation consumed is told once, a line for each tenant, and the next invocation begins at nothing.
func TestUnitsAreToldByTenant(t *testing.T) {
	var out bytes.Buffer
	log, u := logs.New(&out, slog.LevelInfo), &usage{}
	for _, c := range []dynamo.Consumed{
		{Op: "get", Table: table.CRM, Tenant: "wsp_2", Read: 0.5},
		{Op: "write", Table: table.CRM, Tenant: "wsp_1", Write: 4},
		{Op: "query", Table: table.CRM, Tenant: "wsp_1", Read: 1.5},
		{Op: "write", Table: table.Ops, Tenant: "wsp_1", Write: 2},
		{Op: "get", Table: table.Identity, Read: 1},
	} {
		u.add(c)
	}
	u.tell(t.Context(), log)
	got := strings.Split(strings.TrimSpace(out.String()), "\n")
	want := []string{
		`"msg":"units","tenant":"","identity":{"read":1,"write":0}}`,
		`"msg":"units","tenant":"wsp_1","crm":{"read":1.5,"write":4},"ops":{"read":0,"write":2}}`,
		`"msg":"units","tenant":"wsp_2","crm":{"read":0.5,"write":0}}`,
	}
	if len(got) != len(want) {
		t.Fatalf("got %q", got)
	}
	for i := range want {
		if !strings.HasSuffix(got[i], want[i]) {
			t.Errorf("line %d is %s, want ...%s", i, got[i], want[i])
		}
	}
	out.Reset()
	if u.tell(t.Context(), log); out.Len() != 0 {
		t.Errorf("told again: %s", out.String())
	}
}
