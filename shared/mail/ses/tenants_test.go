package ses_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/ses"
	"github.com/dangol/dangol/shared/testkit/sestwin"
)

const (
	workspace = "wsp_01HZX3V7Q2M4N6P8R0S1T3V5W7"
	named     = "dangol-test-" + workspace
)

var resources = []string{sestwin.IdentityARN("hana.example"), sestwin.SetARN("dangol")}

// process is one that sends as tenants, on a clock that the scenario moves.
type process struct {
	*ses.Sender
	clock *clock.Manual
}

func begin(twin *sestwin.Twin) *process {
	c := clock.NewManual(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC))
	cfg := aws.Config{Region: "ap-northeast-2", BaseEndpoint: aws.String(twin.URL), Credentials: credentials.NewStaticCredentialsProvider("test", "test", "")}
	return &process{clock: c, Sender: ses.New(cfg, ses.Options{ConfigurationSet: "dangol", Clock: c,
		Tenants: ses.Tenants{Prefix: "dangol-test-", Resources: resources}})}
}

func letter(n int) mail.Message {
	return mail.Message{ID: fmt.Sprint("msg_", n), Tenant: workspace, From: mail.Address{Email: "shop@hana.example"},
		To: mail.Address{Email: fmt.Sprintf("c%d@customer.example", n)}, Text: "안녕"}
}

// many hands n messages over at once, turn by turn to the processes.
func many(t *testing.T, n int, to ...*process) error {
	t.Helper()
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { errs[i] = to[i%len(to)].Send(t.Context(), letter(i)) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

var (
	slow = sestwin.Refusal{Status: 429, Type: "TooManyRequestsException", Message: "Too many requests."}
	full = sestwin.Refusal{Status: 400, Type: "LimitExceededException", Message: "Too many instances."}
	iam  = sestwin.Refusal{Status: 403, Type: "AccessDeniedException",
		Message: "User: arn:aws:sts::1:assumed-role/campaignsend-tenant/x is not authorized to perform: ses:CreateTenant"}
	bad = sestwin.Refusal{Status: 400, Type: "BadRequestException", Message: "Illegal address"}
)

func TestTenants(t *testing.T) {
	whole := map[string][]string{named: slices.Sorted(slices.Values(resources))}
	for name, c := range map[string]struct {
		play  func(t *testing.T, twin *sestwin.Twin, p *process) error
		class mail.Class // of what play returns; "" is success
		taken int        // messages, each of another id
		calls string     // of SendEmail, CreateTenant and the associations
		left  map[string][]string
	}{
		"the first message makes the tenant": {
			play:  func(t *testing.T, _ *sestwin.Twin, p *process) error { return p.Send(t.Context(), letter(1)) },
			taken: 1, calls: "2 1 2", left: whole,
		},
		"the second does not ask": {
			play: func(t *testing.T, _ *sestwin.Twin, p *process) error {
				return errors.Join(p.Send(t.Context(), letter(1)), p.Send(t.Context(), letter(2)))
			},
			taken: 2, calls: "3 1 2", left: whole,
		},
		"a tenant of another process is taken as it is": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				return errors.Join(begin(twin).Send(t.Context(), letter(1)), p.Send(t.Context(), letter(2)))
			},
			taken: 2, calls: "3 1 2", left: whole,
		},
		"mail of nobody's goes out as the account": {
			play: func(t *testing.T, _ *sestwin.Twin, p *process) error {
				m := letter(1)
				m.Tenant = ""
				return p.Send(t.Context(), m)
			},
			taken: 1, calls: "1 0 0",
		},
		"the answer to CreateTenant is lost": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				twin.Lose(sestwin.CreateTenant)
				return p.Send(t.Context(), letter(1))
			},
			taken: 1, calls: "2 2 2", left: whole,
		},
		"the answer to an association is lost": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				twin.Lose(sestwin.Associate)
				return p.Send(t.Context(), letter(1))
			},
			taken: 1, calls: "2 1 3", left: whole,
		},
		"an association was taken away": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				first := begin(twin).Send(t.Context(), letter(1))
				twin.Dissociate(named, resources[1])
				return errors.Join(first, p.Send(t.Context(), letter(2)))
			},
			taken: 2, calls: "4 2 4", left: whole,
		},
		"a tenant that was deleted is made anew": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				first := p.Send(t.Context(), letter(1))
				twin.Delete(named)
				p.clock.Advance(time.Minute)
				return errors.Join(first, p.Send(t.Context(), letter(2)))
			},
			taken: 2, calls: "4 2 4", left: whole,
		},
		"one that was just made and is not seen yet is waited for, and not made again": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				first := p.Send(t.Context(), letter(1))
				twin.Delete(named)
				return errors.Join(first, p.Send(t.Context(), letter(2)))
			},
			class: mail.Throttled, taken: 1, calls: "4 1 2", left: map[string][]string{},
		},
		"the tenant is paused": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				first := p.Send(t.Context(), letter(1))
				twin.Pause(named)
				return errors.Join(first, p.Send(t.Context(), letter(2)))
			},
			class: mail.Throttled, taken: 1, calls: "3 1 2", left: whole,
		},
		"the answer to the message is lost after its tenant was made": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				twin.LoseNext()
				if err := p.Send(t.Context(), letter(1)); err == nil || mail.FailureClass(err) != "" {
					return fmt.Errorf("got %w, want an open outcome", err)
				}
				return nil
			},
			taken: 1, calls: "2 1 2", left: whole,
		},
		"calls are slowed down for a moment": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				twin.Refuse(sestwin.Associate, slow)
				return p.Send(t.Context(), letter(1))
			},
			taken: 1, calls: "2 1 3", left: whole,
		},
		"there are too many tenants": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				twin.Refuse(sestwin.CreateTenant, full)
				return p.Send(t.Context(), letter(1))
			},
			class: mail.Throttled, calls: "1 1 0", left: map[string][]string{},
		},
		"calls are slowed down for longer than a hand-over has": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				twin.Refuse(sestwin.CreateTenant, slow, slow, slow, slow, slow)
				return p.Send(t.Context(), letter(1))
			},
			class: mail.Throttled, calls: "1 5 0", left: map[string][]string{},
		},
		"the right is missing": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				twin.Refuse(sestwin.CreateTenant, iam)
				return p.Send(t.Context(), letter(1))
			},
			class: mail.Down, calls: "1 1 0", left: map[string][]string{},
		},
		"the right to send is missing: no tenant is made for that": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				twin.RefuseNext(iam)
				return p.Send(t.Context(), letter(1))
			},
			class: mail.Down, calls: "1 0 0", left: map[string][]string{},
		},
		"a refused request for a tenant is no fault of the receiver": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				twin.Refuse(sestwin.CreateTenant, bad)
				return p.Send(t.Context(), letter(1))
			},
			class: mail.Down, calls: "1 1 0", left: map[string][]string{},
		},
		"a refused association is taken up where it was left": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				twin.Refuse(sestwin.Associate, bad)
				if err := p.Send(t.Context(), letter(1)); mail.FailureClass(err) != mail.Down {
					return fmt.Errorf("first: got %w, want class %s", err, mail.Down)
				}
				return p.Send(t.Context(), letter(1))
			},
			taken: 1, calls: "3 1 3", left: whole,
		},
		"a tenant that vanishes while it is made begins anew": {
			play: func(t *testing.T, twin *sestwin.Twin, p *process) error {
				twin.Refuse(sestwin.Associate, sestwin.Refusal{Status: 404, Type: "NotFoundException", Message: "Tenant does not exist"})
				if err := p.Send(t.Context(), letter(1)); mail.FailureClass(err) == "" {
					return fmt.Errorf("first: got %w, want a refusal", err)
				}
				return p.Send(t.Context(), letter(1))
			},
			taken: 1, calls: "3 2 3", left: whole,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // a call that is made again waits a second
			twin := sestwin.Start(t)
			err := c.play(t, twin, begin(twin))
			if got := mail.FailureClass(err); got != c.class || (err == nil) != (c.class == "") {
				t.Errorf("got %v of class %q, want %q", err, got, c.class)
			}
			if got := calls(twin); got != c.calls {
				t.Errorf("got %s calls of SendEmail, CreateTenant and associations, want %s", got, c.calls)
			}
			if got := twin.Tenants(); !maps.EqualFunc(got, c.left, slices.Equal[[]string]) {
				t.Errorf("got tenants %v, want %v", got, c.left)
			}
			once(t, twin, c.taken)
		})
	}
}

func calls(twin *sestwin.Twin) string {
	return fmt.Sprint(twin.Calls(sestwin.SendEmail), " ", twin.Calls(sestwin.CreateTenant), " ", twin.Calls(sestwin.Associate))
}

// once checks that n messages were taken, none of them twice, and all with a workspace's tag as its tenant.
func once(t *testing.T, twin *sestwin.Twin, n int) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range twin.Taken() {
		if seen[m.To] {
			t.Errorf("%s has it twice", m.To)
		}
		seen[m.To] = true
		if m.Tags["dangol-tenant"] != strings.TrimPrefix(m.Tenant, "dangol-test-") {
			t.Errorf("%s was sent as %q with the tags %v", m.To, m.Tenant, m.Tags)
		}
	}
	if len(seen) != n {
		t.Errorf("got %d messages, want %d", len(seen), n)
	}
}

func TestManyAtOnceMakeTheTenantOnce(t *testing.T) {
	twin := sestwin.Start(t)
	if err := many(t, 20, begin(twin)); err != nil {
		t.Fatal(err)
	}
	once(t, twin, 20)
	if got := []int{twin.Calls(sestwin.CreateTenant), twin.Calls(sestwin.Associate)}; !slices.Equal(got, []int{1, 2}) {
		t.Errorf("got %v calls of CreateTenant and associations, want 1 and 2", got)
	}
}

func TestTwoProcessesAtOnceMakeOneTenant(t *testing.T) {
	twin := sestwin.Start(t)
	if err := many(t, 20, begin(twin), begin(twin)); err != nil {
		t.Fatal(err)
	}
	once(t, twin, 20)
	if got := twin.Tenants(); len(got) != 1 || len(got[named]) != len(resources) {
		t.Errorf("got tenants %v, want one with both resources", got)
	}
	if got := twin.Calls(sestwin.CreateTenant); got > 2 {
		t.Errorf("got %d calls of CreateTenant, want one a process at most", got)
	}
}

// Who gives up takes nobody with him, and his message was certainly not accepted.
func TestGivingUpLeavesTheTenantToTheOthers(t *testing.T) {
	twin := sestwin.Start(t)
	twin.Refuse(sestwin.CreateTenant, slow, slow)
	p := begin(twin)
	ctx, cancel := context.WithCancel(t.Context())
	gaveUp, stayed := make(chan error, 1), make(chan error, 1)
	go func() { gaveUp <- p.Send(ctx, letter(1)) }()
	for twin.Calls(sestwin.CreateTenant) == 0 {
		time.Sleep(time.Millisecond)
	}
	go func() { stayed <- p.Send(t.Context(), letter(2)) }()
	cancel()
	if err := <-gaveUp; mail.FailureClass(err) != mail.Down {
		t.Errorf("who gave up: got %v, want class %s", err, mail.Down)
	}
	if err := <-stayed; err != nil {
		t.Errorf("who stayed: %v", err)
	}
	once(t, twin, 1)
}
