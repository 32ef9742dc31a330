package authorizer_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/dangol/dangol/functions/authorizer"
	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// A stranger is stopped here; whoever was known once is told the reason by the function behind.
func TestTheGatewayIsToldWhoIsAStranger(t *testing.T) {
	p := testenv.New(t)
	mina, jun := p.Owner(t, "mina@flower.kr"), p.Owner(t, "jun@teahouse.kr")
	v, err := identity.NewVerifier(p.Env)
	if err != nil {
		t.Fatal(err)
	}
	w := authorizer.New(v)
	for name, c := range map[string]struct {
		header, tenant string
		want           bool
	}{
		"an owner":           {header: "Bearer " + mina.Token, tenant: mina.Workspace.ID, want: true},
		"another owner":      {header: "Bearer " + jun.Token, tenant: jun.Workspace.ID, want: true},
		"nothing":            {header: ""},
		"another scheme":     {header: "Basic bWluYTpibHVl"},
		"a made-up key":      {header: "Bearer dgl_live_x"},
		"a forged signature": {header: "Bearer " + mina.Token[:len(mina.Token)-4] + "AAAA"},
	} {
		t.Run(name, func(t *testing.T) {
			got, known, err := w.Ask(t.Context(), c.header)
			if err != nil || got != c.want || known["tenant"] != c.tenant {
				t.Errorf("got %v %v, %v; want %v for %q", got, known, err, c.want, c.tenant)
			}
		})
	}
	p.Time.Advance(24 * time.Hour)
	if got, known, err := w.Ask(t.Context(), "Bearer "+mina.Token); !got || known != nil || err != nil {
		t.Errorf("a token that ran out: got %v %v, %v; want to be let through unknown, to be told credential_expired", got, known, err)
	}
}

type broken struct{}

func (broken) Verify(context.Context, string) (api.Principal, error) {
	return api.Principal{}, errors.New("no table")
}

func TestTroubleIsNoRefusal(t *testing.T) {
	if got, _, err := authorizer.New(broken{}).Ask(t.Context(), "Bearer x"); got || err == nil {
		t.Errorf("got %v, %v: a refusal would be remembered for five minutes", got, err)
	}
}
