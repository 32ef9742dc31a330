package servicemail_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	worker "github.com/dangol/dangol/functions/servicemail"
	"github.com/dangol/dangol/shared/crm/servicemail"
	"github.com/dangol/dangol/shared/identity"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/queue"
	"github.com/dangol/dangol/shared/testkit/testenv"
)

// ask writes a request and returns the queue message that the change feed would send for it.
func ask(t *testing.T, p *testenv.Place, tenant string, r *servicemail.Request) queue.Message {
	t.Helper()
	x := p.DB.Tenant(tenant).Begin()
	x.RequestMail(r)
	if err := x.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(servicemail.Call{Tenant: tenant, Mail: r.ID})
	if err != nil {
		t.Fatal(err)
	}
	return queue.Message{ID: "1", Group: tenant, Body: body}
}

func verification(o *testenv.Owner, language string) *servicemail.Request {
	return &servicemail.Request{Kind: servicemail.Verification, UserID: o.User.ID, To: o.User.Email, Language: language, Company: "Kim & <Park>"}
}

func handle(t *testing.T, p *testenv.Place, m ...queue.Message) []string {
	t.Helper()
	failed, err := worker.New(p.Env).Handle(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	return failed
}

func TestTheVerificationMailHoldsALinkThatOpens(t *testing.T) {
	for language, subject := range map[string]string{"ko": "이메일 주소를 확인해 주세요", "en": "Please confirm your e-mail address", "": "Please confirm your e-mail address"} {
		t.Run(language, func(t *testing.T) {
			p := testenv.New(t)
			o := p.Owner(t, "mina@cornerbean.kr")
			r := verification(o, language)
			if failed := handle(t, p, ask(t, p, o.Workspace.ID, r)); len(failed) > 0 {
				t.Fatalf("failed: %v", failed)
			}
			sent := p.Mailbox.Messages()
			if len(sent) != 1 {
				t.Fatalf("got %d mails", len(sent))
			}
			m := sent[0]
			if m.Subject != subject || m.To.Email != "mina@cornerbean.kr" || m.From != p.Settings.From || m.ID != r.ID || m.Tenant != o.Workspace.ID || m.Campaign != "" {
				t.Errorf("got %+v", m)
			}
			if !strings.Contains(m.HTML, "Kim &amp; &lt;Park&gt;") || strings.Contains(m.HTML, "<Park>") || !strings.Contains(m.Text, "Kim & <Park>") {
				t.Error("the company's name is not escaped in HTML, or is in plain text")
			}
			opens(t, p, o, m)
		})
	}
}

func opens(t *testing.T, p *testenv.Place, o *testenv.Owner, m mail.Message) {
	t.Helper()
	_, rest, ok := strings.Cut(m.Text, "https://dangol.test/verify?token=")
	token, err := url.QueryUnescape(strings.Fields(rest)[0])
	if !ok || err != nil || !strings.Contains(m.HTML, "https://dangol.test/verify?token="+token) {
		t.Fatalf("no link in %s", m.Text)
	}
	s, err := identity.New(p.Env)
	if err != nil {
		t.Fatal(err)
	}
	claim, err := s.Links.Open(identity.VerifyEmail, token)
	if err != nil || claim.UserID != o.User.ID || claim.Email != o.User.Email || claim.Tenant != o.Workspace.ID {
		t.Errorf("got %+v, %v", claim, err)
	}
}

func TestAMailIsHandedOverOnce(t *testing.T) {
	p := testenv.New(t)
	o := p.Owner(t, "mina@cornerbean.kr")
	m := ask(t, p, o.Workspace.ID, verification(o, "ko"))
	handle(t, p, m)
	handle(t, p, m) // delivered again
	if got := len(p.Mailbox.Messages()); got != 1 {
		t.Errorf("got %d mails", got)
	}
}

// A crash after the provider accepted and before that was noted repeats the very same mail under the same id.
func TestAMailThatIsRepeatedIsTheSame(t *testing.T) {
	p := testenv.New(t)
	o := p.Owner(t, "mina@cornerbean.kr")
	m := ask(t, p, o.Workspace.ID, verification(o, "ko"))
	p.Engine.Faults.ThrottleNext(0)
	p.Mailbox.Refuse = func(mail.Message) error { p.Engine.Faults.ThrottleNext(1); return nil }
	if failed := handle(t, p, m); len(failed) != 1 {
		t.Fatalf("got %v, want it to come again", failed)
	}
	p.Mailbox.Refuse = nil
	p.Time.Advance(time.Hour)
	handle(t, p, m)
	sent := p.Mailbox.Messages()
	if len(sent) != 2 || sent[0].ID != sent[1].ID || sent[0].HTML != sent[1].HTML {
		t.Errorf("got %d mails, or two different ones", len(sent))
	}
}

func TestFailuresAreSortedByWhatToDo(t *testing.T) {
	for name, c := range map[string]struct {
		err   error
		again bool
	}{
		"slow down":         {&mail.Failure{Class: mail.Throttled}, true},
		"provider down":     {&mail.Failure{Class: mail.Down}, true},
		"outcome not known": {errors.New("connection reset"), true},
		"no such mailbox":   {&mail.Failure{Class: mail.Recipient}, false},
		"content refused":   {&mail.Failure{Class: mail.Content}, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := testenv.New(t)
			o := p.Owner(t, "mina@cornerbean.kr")
			r := verification(o, "ko")
			m := ask(t, p, o.Workspace.ID, r)
			p.Mailbox.Refuse = func(mail.Message) error { return c.err }
			if failed := handle(t, p, m); (len(failed) == 1) != c.again {
				t.Errorf("got %v, want again: %v", failed, c.again)
			}
			p.Mailbox.Refuse = nil
			handle(t, p, m)
			if got := len(p.Mailbox.Messages()); (got == 1) != c.again {
				t.Errorf("got %d mails at the next delivery", got)
			}
		})
	}
}

func TestOneBadMessageDoesNotHoldUpTheOthers(t *testing.T) {
	p := testenv.New(t)
	o := p.Owner(t, "mina@cornerbean.kr")
	good := ask(t, p, o.Workspace.ID, verification(o, "ko"))
	good.ID = "good"
	gone, _ := json.Marshal(servicemail.Call{Tenant: o.Workspace.ID, Mail: "msg_01JD0000000000000000000001"})
	failed := handle(t, p, queue.Message{ID: "garbage", Body: []byte("{")}, queue.Message{ID: "no tenant", Body: []byte(`{"tenant":"x","mail":"y"}`)},
		queue.Message{ID: "gone", Body: gone}, good)
	if strings.Join(failed, " ") != "garbage no tenant" || len(p.Mailbox.Messages()) != 1 {
		t.Errorf("failed: %q, sent: %d", failed, len(p.Mailbox.Messages()))
	}
}

func TestAReadyMailGoesOutAsItIs(t *testing.T) {
	p := testenv.New(t)
	o := p.Owner(t, "mina@cornerbean.kr")
	handle(t, p, ask(t, p, o.Workspace.ID, &servicemail.Request{Kind: servicemail.Ready, To: "jun@teahouse.kr", ToName: "Jun",
		Content: &servicemail.Content{FromName: "Corner Bean", FromEmail: "hi@cornerbean.kr", Subject: "s", HTML: "<p>h</p>", Text: "t"}}))
	sent := p.Mailbox.Messages()
	if len(sent) != 1 || sent[0].From.Email != "hi@cornerbean.kr" || sent[0].To != (mail.Address{Name: "Jun", Email: "jun@teahouse.kr"}) || sent[0].HTML != "<p>h</p>" {
		t.Errorf("got %+v", sent)
	}
}

// The looks of the mail, to open in a browser when it changes: testdata/verification.<language>.html.
func TestTheMailLooksAsItDid(t *testing.T) {
	for _, language := range []string{"ko", "en"} {
		p := testenv.New(t)
		o := p.Owner(t, "mina@cornerbean.kr")
		handle(t, p, ask(t, p, o.Workspace.ID, verification(o, language)))
		html := p.Mailbox.Messages()[0].HTML
		at := strings.Index(html, "token=")
		token := html[at+6 : at+strings.Index(html[at:], `"`)]
		got := strings.ReplaceAll(html, token, "TOKEN")
		file := filepath.Join("testdata", "verification."+language+".html")
		want, err := os.ReadFile(file)
		if err != nil || string(want) != got {
			if os.Getenv("UPDATE") == "" {
				t.Errorf("%s differs: run with UPDATE=1 and look at it (%v)", file, err)
				continue
			}
			if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(file, []byte(got), 0o644)); err != nil {
				t.Fatal(err)
			}
		}
	}
}
