package tenantcreds_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/cloud/tenantcreds"
	"github.com/dangol/dangol/shared/id"
)

const role = "arn:aws:iam::000000000000:role/dangol-dev-customers-tenant"

var (
	hana = id.Derived(id.Workspace, "hana")
	duri = id.Derived(id.Workspace, "duri")
	soon = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
)

// counted stands for STS: it names the tenant in the key id, counts, and can fail or wait.
type counted struct {
	mu     sync.Mutex
	asked  []tenantcreds.Session
	clock  *clock.Manual
	broken error
	gate   chan struct{} // nil: answers at once
}

func (c *counted) Begin(ctx context.Context, ask tenantcreds.Session) (aws.Credentials, error) {
	c.mu.Lock()
	c.asked = append(c.asked, ask)
	broken := c.broken
	c.mu.Unlock()
	if c.gate != nil {
		select {
		case <-c.gate:
		case <-ctx.Done():
			return aws.Credentials{}, ctx.Err()
		}
	}
	if broken != nil {
		return aws.Credentials{}, broken
	}
	return aws.Credentials{AccessKeyID: "key of " + ask.Tenant, SecretAccessKey: "s", SessionToken: "t", CanExpire: true, Expires: c.clock.Now().Add(ask.Life)}, nil
}

func (c *counted) calls() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.asked)
}

func open(most int) (*tenantcreds.Cache, *counted) {
	s := &counted{clock: clock.NewManual(soon)}
	return tenantcreds.New(tenantcreds.Options{STS: s, Role: role, Function: "customers", Most: most, Clock: s.clock}), s
}

// want retrieves a tenant's credentials and checks whose they are.
func want(t *testing.T, c *tenantcreds.Cache, tenant string) {
	t.Helper()
	got, err := c.Tenant(tenant).Retrieve(t.Context())
	if err != nil || got.AccessKeyID != "key of "+tenant || !got.CanExpire {
		t.Errorf("got %q and %v, want the key of %s", got.AccessKeyID, err, tenant)
	}
}

func TestEachTenantHasASessionOfItsOwn(t *testing.T) {
	c, s := open(0)
	for range 3 {
		want(t, c, hana)
		want(t, c, duri)
	}
	if s.calls() != 2 {
		t.Fatalf("%d calls of STS for two tenants", s.calls())
	}
	if got, want := s.asked[0], (tenantcreds.Session{Role: role, Name: "customers", Tenant: hana, Life: time.Hour}); got != want {
		t.Errorf("asked for %+v, want %+v", got, want)
	}
}

func TestWhatIsNoTenantIsRefusedWithoutACall(t *testing.T) {
	c, s := open(0)
	for _, tenant := range []string{"", "*", "wsp_*", hana + "#", "cus_" + hana[4:], strings.ToLower(hana)} {
		if got, err := c.Tenant(tenant).Retrieve(t.Context()); err == nil || got.HasKeys() {
			t.Errorf("%q: got %v", tenant, got.AccessKeyID)
		}
	}
	if s.calls() != 0 {
		t.Errorf("%d calls of STS", s.calls())
	}
}

func TestASessionIsRenewedBeforeItEnds(t *testing.T) {
	c, s := open(0)
	want(t, c, hana)
	s.clock.Advance(29 * time.Minute)
	want(t, c, hana)
	if s.calls() != 1 {
		t.Errorf("%d calls of STS after 29 minutes, want 1", s.calls())
	}
	s.clock.Advance(2 * time.Minute)
	want(t, c, hana)
	want(t, c, hana)
	if s.calls() != 2 {
		t.Errorf("%d calls of STS after 31 minutes, want 2", s.calls())
	}
}

func TestARenewalThatFailsLeavesTheSessionToItsEnd(t *testing.T) {
	c, s := open(0)
	want(t, c, hana)
	s.broken = errors.New("throttled")
	s.clock.Advance(56 * time.Minute)
	want(t, c, hana)
	s.clock.Advance(5 * time.Minute)
	if got, err := c.Tenant(hana).Retrieve(t.Context()); !errors.Is(err, s.broken) || got.HasKeys() || !strings.Contains(err.Error(), hana) {
		t.Errorf("after the end: got %q and %v", got.AccessKeyID, err)
	}
	s.broken = nil
	want(t, c, hana)
}

func TestManyWhoAskAtOnceCostOneCall(t *testing.T) {
	c, s := open(0)
	s.gate = make(chan struct{})
	gone, cancel := context.WithCancel(t.Context())
	first := make(chan error, 1)
	go func() {
		_, err := c.Tenant(hana).Retrieve(gone)
		first <- err
	}()
	for s.calls() == 0 {
		time.Sleep(time.Millisecond)
	}
	var others sync.WaitGroup
	for range 20 {
		others.Go(func() { want(t, c, hana) })
	}
	cancel() // the one whose call it is gives up
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the first got %v, want its own cancellation", err)
	}
	close(s.gate)
	others.Wait()
	if s.calls() != 1 {
		t.Errorf("%d calls of STS, want 1", s.calls())
	}
}

func TestOnlyTheLatestTenantsAreKept(t *testing.T) {
	c, s := open(2)
	mina := id.Derived(id.Workspace, "mina")
	for _, tenant := range []string{hana, duri, hana, mina} { // duri was used before hana's second time
		want(t, c, tenant)
	}
	want(t, c, hana)
	if s.calls() != 3 {
		t.Errorf("%d calls of STS: hana was let go", s.calls())
	}
	want(t, c, duri)
	if s.calls() != 4 {
		t.Errorf("%d calls of STS: duri was kept beyond the bound", s.calls())
	}
}

func BenchmarkKept(b *testing.B) {
	c, _ := open(0)
	p := c.Tenant(hana)
	for b.Loop() {
		if _, err := p.Retrieve(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
