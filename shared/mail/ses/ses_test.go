package ses_test

import (
	"context"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/mailtest"
	"github.com/dangol/dangol/shared/mail/ses"
	"github.com/dangol/dangol/shared/mail/sesevent"
	"github.com/dangol/dangol/shared/testkit/sestwin"
)

func open(url string) mail.Sender {
	return ses.New(aws.Config{Region: "ap-northeast-2", BaseEndpoint: aws.String(url), Credentials: credentials.NewStaticCredentialsProvider("test", "test", "")},
		ses.Options{ConfigurationSet: "dangol"})
}

var refusals = map[mail.Class]sestwin.Refusal{
	mail.Throttled: {Status: 429, Type: "TooManyRequestsException", Message: "Maximum sending rate exceeded."},
	mail.Down:      {Status: 400, Type: "SendingPausedException", Message: "Sending is paused for this account."},
	mail.Recipient: {Status: 400, Type: "BadRequestException", Message: "Illegal address"},
	mail.Content:   {Status: 400, Type: "MessageRejected", Message: "Email address is not verified."},
}

func TestSuite(t *testing.T) {
	mailtest.Run(t, func(t *testing.T) mailtest.Subject {
		twin := sestwin.Start(t)
		s := mailtest.Subject{
			Sender:   open(twin.URL),
			Received: func(m mail.Message) []mailtest.Received { return received(t, twin, m) },
			Provoke:  map[mail.Class]func() string{},
			Lose:     twin.LoseNext,
			Restart:  func() mail.Sender { return open(twin.URL) },
			Run:      func(ctx context.Context, handle handler) error { return deliver(ctx, twin, handle) },
		}
		for class, r := range refusals {
			s.Provoke[class] = func() string { twin.RefuseNext(r); return "someone@refused.example" }
		}
		return s
	})
}

type handler = func(context.Context, []mail.Event) error

// deliver hands over the twin's events, as the queue behind EventBridge would.
func deliver(ctx context.Context, twin *sestwin.Twin, handle handler) error {
	for ctx.Err() == nil {
		for _, body := range twin.Events() {
			events, err := sesevent.Decode(body)
			if err != nil {
				return err
			}
			if err := handle(ctx, events); err != nil {
				return err
			}
			twin.Settle(1)
		}
		time.Sleep(time.Millisecond)
	}
	return ctx.Err()
}

func received(t *testing.T, twin *sestwin.Twin, m mail.Message) (out []mailtest.Received) {
	t.Helper()
	for _, got := range twin.Taken() {
		if got.Tags[sesevent.TagMessage] == m.ID && got.Tags[sesevent.TagTenant] == m.Tenant && got.To == m.To.Email {
			out = append(out, parse(t, got.Raw))
		}
	}
	return out
}

func parse(t *testing.T, raw []byte) mailtest.Received {
	t.Helper()
	r, err := mailtest.Read(raw)
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	return r
}

func TestWhatAnAnswerMeans(t *testing.T) {
	for name, c := range map[string]struct {
		refusal sestwin.Refusal
		want    mail.Class
	}{
		"the daily quota is used up":       {sestwin.Refusal{Status: 400, Type: "LimitExceededException", Message: "Daily message quota exceeded."}, mail.Throttled},
		"the account is suspended":         {sestwin.Refusal{Status: 400, Type: "AccountSuspendedException"}, mail.Down},
		"there is no configuration set":    {sestwin.Refusal{Status: 404, Type: "NotFoundException"}, mail.Down},
		"our credentials have expired":     {sestwin.Refusal{Status: 403, Type: "ExpiredTokenException"}, mail.Down},
		"the address has no domain":        {sestwin.Refusal{Status: 400, Type: "BadRequestException", Message: "Missing final '@domain'"}, mail.Recipient},
		"the request is bad in other ways": {sestwin.Refusal{Status: 400, Type: "BadRequestException", Message: "Invalid MIME"}, mail.Content},
		"SES broke on the way":             {sestwin.Refusal{Status: 500, Type: "InternalFailure"}, ""},
		"what nobody has heard of":         {sestwin.Refusal{Status: 418, Type: "TeapotException"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			twin := sestwin.Start(t)
			twin.RefuseNext(c.refusal)
			m := mail.Message{ID: "msg_1", Tenant: "hana", From: mail.Address{Email: "shop@hana.example"}, To: mail.Address{Email: "minji@customer.example"}, Text: "안녕"}
			err := open(twin.URL).Send(t.Context(), m)
			if got := mail.FailureClass(err); err == nil || got != c.want {
				t.Errorf("got %v of class %q, want %q", err, got, c.want)
			}
			if n := len(twin.Taken()); n != 0 {
				t.Errorf("it was taken %d times; one call is one try", n)
			}
		})
	}
	m := mail.Message{ID: "msg_1", From: mail.Address{Email: "shop@hana.example"}, To: mail.Address{Email: "minji@customer.example"}, Text: "안녕"}
	if err := open("http://127.0.0.1:1").Send(t.Context(), m); mail.FailureClass(err) != mail.Down {
		t.Errorf("nobody listens: got %v, want class %s", err, mail.Down)
	}
}
