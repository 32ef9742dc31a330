package iamproxy_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/dangol/dangol/localstack/iamproxy"
	"github.com/dangol/dangol/shared/catalogue"
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
			"AWS_ENDPOINT_URL_SESV2": "http://127.0.0.1:1"})
		if told["AWS_ENDPOINT_URL"] != endpoint || told["AWS_ENDPOINT_URL_SESV2"] != endpoint || told["DANGOL_TABLE_IDENTITY"] != "dangol-1a2b-identity" {
			t.Errorf("told %v", told)
		}
		client := w.clients(aws.Credentials{AccessKeyID: told["AWS_ACCESS_KEY_ID"], SecretAccessKey: told["AWS_SECRET_ACCESS_KEY"], SessionToken: told["AWS_SESSION_TOKEN"]})
		_, err := client.table.GetItem(t.Context(), getRaw("dangol-1a2b-identity", c.pk))
		if (err == nil) != c.want || err != nil && !refused(err) {
			t.Errorf("%s reads %s: got %v", c.row, c.pk, err)
		}
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
