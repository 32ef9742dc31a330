package templates_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/dangol/dangol/localstack/standtest"
	"github.com/dangol/dangol/shared/testkit/partner"
)

type shown struct {
	ID, Name, Subject, HTML string
	Problems                []struct {
		Pointer, Code, Detail string
		Line                  int
	}
}

func TestATemplateIsWrittenPreviewedAndTried(t *testing.T) {
	stand := standtest.Start(t)
	c := stand.SignUp(t, partner.Person{Email: "owner@shop.test", Language: "en"})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var tpl shown
	body := map[string]any{"name": " Autumn ", "subject": "Hello {{ customer.name }}", "html": `<p>{{ customer.name }} {{ customer.custom.size }}</p><a href="{{ unsubscribe_url }}">out</a>`}
	if err := c.Post(ctx, "/v1/templates", body, &tpl); err != nil || tpl.Name != "Autumn" || len(tpl.Problems) != 0 {
		t.Fatalf("got %+v, %v", tpl, err)
	}
	var customer struct{ ID string }
	if err := c.Post(ctx, "/v1/customers", map[string]any{"name": "A <b>", "email": "a@b.kr"}, &customer); err != nil {
		t.Fatal(err)
	}
	var p struct {
		Subject, HTML, Text string
		Missing             []string
	}
	if err := c.Post(ctx, "/v1/templates/"+tpl.ID+"/preview", map[string]any{"customerId": customer.ID}, &p); err != nil {
		t.Fatal(err)
	}
	if p.Subject != "Hello A <b>" || !strings.Contains(p.HTML, "A &lt;b&gt;") || !strings.Contains(p.HTML, "/v1/t/u/sample") || len(p.Missing) != 1 || p.Missing[0] != "customer.custom.size" {
		t.Errorf("got preview %+v", p)
	}
	if err := c.Post(ctx, "/v1/templates/"+tpl.ID+"/preview", map[string]any{"html": "<p>draft {{ customer.name }}</p>", "language": "ko"}, &p); err != nil || !strings.Contains(p.HTML, "draft 김단골") {
		t.Errorf("got preview of a draft %+v, %v", p, err)
	}
	if n := strings.Count(p.HTML, "/v1/t/u/sample"); n != 1 || !strings.Contains(p.HTML, ">Unsubscribe</a>") || !strings.Contains(p.Text, "/v1/t/u/sample") {
		t.Errorf("got preview of a draft without a way out %+v, want the workspace's footer", p)
	}
	if err := c.Post(ctx, "/v1/templates/"+tpl.ID+"/preview", nil, &p); err != nil || strings.Contains(p.HTML, "Unsubscribe") {
		t.Errorf("got preview without a body %+v, %v, want the saved template as it is", p, err)
	}
	if err := c.Post(ctx, "/v1/templates/"+tpl.ID+"/test", map[string]any{"email": "me@shop.test"}, nil); err != nil {
		t.Fatal(err)
	}
	_, err := partner.Await(ctx, c, "/local/mailbox.json", func(all []partner.Mail) (bool, error) {
		for _, m := range all {
			if m.To == "me@shop.test" && strings.HasPrefix(m.Subject, "Hello") {
				return true, nil
			}
		}
		return false, nil
	})
	if err != nil {
		t.Errorf("the trial did not come: %v", err)
	}
	if err := c.Post(ctx, "/v1/templates/"+tpl.ID+"/test", map[string]any{"email": "nowhere"}, nil); partner.Code(err) != "validation_failed" {
		t.Errorf("got %v for a trial to nowhere", err)
	}
}

func TestUnfinishedWorkIsKeptWithItsProblems(t *testing.T) {
	stand := standtest.Start(t)
	c := stand.SignUp(t, partner.Person{Email: "owner@shop.test", Language: "en"})
	var tpl shown
	if err := c.Post(t.Context(), "/v1/templates", map[string]any{"name": "x", "subject": "{{ customer.nmae }}", "html": "<p>\n{% if %}</p>"}, &tpl); err != nil {
		t.Fatal(err)
	}
	if len(tpl.Problems) != 2 || tpl.Problems[0].Pointer != "/subject" || !strings.Contains(tpl.Problems[0].Detail, "customer.nmae") || tpl.Problems[1].Line != 2 {
		t.Errorf("got problems %+v", tpl.Problems)
	}
	if err := c.Patch(t.Context(), "/v1/templates/"+tpl.ID, map[string]any{"subject": "ok", "html": "<p>ok</p>"}, &tpl); err != nil || len(tpl.Problems) != 0 || tpl.Subject != "ok" {
		t.Errorf("got %+v, %v", tpl, err)
	}
	other := stand.SignUp(t, partner.Person{Email: "other@shop.test"})
	if err := other.Get(t.Context(), "/v1/templates/"+tpl.ID, nil); partner.Code(err) != "template_not_found" {
		t.Errorf("another workspace got %v", err)
	}
	if err := c.Call(t.Context(), "DELETE", "/v1/templates/"+tpl.ID, nil, nil); err != nil {
		t.Error(err)
	}
	if err := c.Get(t.Context(), "/v1/templates/"+tpl.ID, nil); partner.Code(err) != "template_not_found" {
		t.Errorf("got %v for a template that is gone", err)
	}
}
