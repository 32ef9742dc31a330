package iamproxy_test

import (
	"cmp"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/dangol/dangol/localstack/iamproxy"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/mail/ses"
	"github.com/dangol/dangol/shared/testkit/sestwin"
)

// A stand's functions reach its own tables, under its own names, with the rights of their rows.
func TestAStandIsHeldToTheRows(t *testing.T) {
	w := open(t)
	endpoint, err := w.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		row, pk string
		want    bool
	}{{"authorizer", "u#1", true}, {"authorizer", "lim#1", false}, {"customers", "u#1", true}, {"tracking", "u#1", false}} {
		told := w.Settings(row(t, c.row), map[string]string{"DANGOL_TABLE_IDENTITY": "dangol-1a2b-identity", "AWS_ACCESS_KEY_ID": "test", "DANGOL_QUEUE_SENDS": "http://localhost/0/dangol-1a2b-sends",
			"AWS_ENDPOINT_URL_SESV2": "http://127.0.0.1:1", "AWS_ENDPOINT_URL_DYNAMODB": w.emulator})
		if told["AWS_ENDPOINT_URL"] != endpoint || told["AWS_ENDPOINT_URL_SESV2"] != endpoint || told["AWS_ENDPOINT_URL_DYNAMODB"] != endpoint || told["DANGOL_TABLE_IDENTITY"] != "dangol-1a2b-identity" {
			t.Errorf("told %v", told)
		}
		client := w.clients(aws.Credentials{AccessKeyID: told["AWS_ACCESS_KEY_ID"], SecretAccessKey: told["AWS_SECRET_ACCESS_KEY"], SessionToken: told["AWS_SESSION_TOKEN"]})
		_, err := client.table.GetItem(t.Context(), getRaw("dangol-1a2b-identity", c.pk))
		if (err == nil) != c.want || err != nil && !refused(err) {
			t.Errorf("%s reads %s: got %v", c.row, c.pk, err)
		}
	}
}

// Who sends makes the tenants that it sends as, of its stage alone; who does not send makes none.
func TestWhoSendsMakesItsTenants(t *testing.T) {
	const workspace = "wsp_01HZX3V7Q2M4N6P8R0S1T3V5W7"
	for name, c := range map[string]struct {
		row, prefix string // "" is what the proxy tells
		made, taken int
	}{
		"campaigns":                         {"campaignsend", "", 1, 1},
		"service mail":                      {"servicemail", "", 1, 1},
		"as a tenant of another stage":      {"campaignsend", "dangol-other-", 1, 0}, // it is made, since IAM knows no names for that, and can send nothing
		"a function that does not send":     {"customers", "", 0, 0},
		"a function without a role for SES": {"tracking", "", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			w, twin := open(t), sestwin.Start(t)
			if _, err := w.Listen(t.Context()); err != nil {
				t.Fatal(err)
			}
			told := w.Settings(row(t, c.row), map[string]string{"AWS_ENDPOINT_URL_SESV2": twin.URL, "DANGOL_SES_TENANTS": "stand-"})
			sender := ses.New(aws.Config{Region: "ap-northeast-2", BaseEndpoint: aws.String(told["AWS_ENDPOINT_URL_SESV2"]), Credentials: credentials.NewStaticCredentialsProvider(
				told["AWS_ACCESS_KEY_ID"], told["AWS_SECRET_ACCESS_KEY"], told["AWS_SESSION_TOKEN"])}, ses.Options{ConfigurationSet: "dangol-dev-mail", Tenants: ses.Tenants{
				Prefix: cmp.Or(c.prefix, told["DANGOL_SES_TENANTS"]), Resources: []string{sestwin.IdentityARN("dangol.example"), sestwin.SetARN("dangol-dev-mail")}}})
			err := sender.Send(t.Context(), mail.Message{ID: "msg_1", Tenant: workspace, From: mail.Address{Email: "shop@dangol.example"}, To: mail.Address{Email: "c@customer.example"}, Text: "x"})
			if (err == nil) != (c.taken > 0) || err != nil && mail.FailureClass(err) != mail.Down {
				t.Errorf("got %v", err)
			}
			if made, taken := len(twin.Tenants()), len(twin.Taken()); made != c.made || taken != c.taken {
				t.Errorf("got %d tenants and %d messages, want %d and %d; denied: %v", made, taken, c.made, c.taken, w.Denied())
			}
		})
	}
}

func row(t *testing.T, name string) catalogue.Function {
	t.Helper()
	for _, r := range catalogue.Rows() {
		if r.Name == name {
			return r
		}
	}
	t.Fatalf("no row %s", name)
	return catalogue.Function{}
}

func TestTheTemplateTellsItsNames(t *testing.T) {
	w, err := iamproxy.Read(fixture, iamproxy.Place{})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.Settings["DANGOL_TABLE_CRM"]; got != "dangol-dev-crm" {
		t.Errorf("got %q from %v", got, w.Settings)
	}
}
