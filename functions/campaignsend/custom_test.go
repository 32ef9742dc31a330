package campaignsend

import (
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/template"
	"github.com/dangol/dangol/shared/mail"
)

// TestAMailSaysCustomFieldsByTheirTypes: what goes out is what the preview showed, in the workspace's language.
func TestAMailSaysCustomFieldsByTheirTypes(t *testing.T) {
	s := begin(t, 1, campaign.Plan{}, func(_ int, c *customer.Customer) {
		c.Custom = map[string]any{"deposit": map[string]any{"amount": "12000", "currency": "KRW"}, "joined": "2026-03-01"}
	})
	tx := s.t.Begin()
	tx.SaveCustomFields(&customfield.Set{Fields: []customfield.Field{{Key: "deposit", Type: customfield.Money, Currency: "KRW"}, {Key: "joined", Type: customfield.Date}}}, nil)
	tx.SaveSnapshot(s.id, &campaign.Snapshot{Name: "Kit", Source: template.Source{Subject: "{{ customer.custom.deposit }}",
		HTML: `{{ customer.custom.deposit }}, {{ customer.custom.joined }}, {{ customer.custom.vip | default: "-" }}`, Text: "{{ customer.custom.joined }}"}})
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	var sent []mail.Message
	s.mail.after = func(m mail.Message) { sent = append(sent, m) }
	s.run()
	if len(sent) != 1 || sent[0].Subject != "₩12,000" || !strings.HasPrefix(sent[0].HTML, "₩12,000, 2026년 3월 1일, -") || sent[0].Text != "2026년 3월 1일" {
		t.Errorf("got %+v", sent)
	}
}
