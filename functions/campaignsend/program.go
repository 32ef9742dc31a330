package campaignsend

import (
	"github.com/osteele/liquid"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/workspace"
)

// content is a filled template.
type content struct{ Subject, HTML, Text string }

// program fills a campaign's template for one receiver.
type program interface {
	Render(c *customer.Customer, unsubscribe string) (content, error)
}

type parts struct {
	subject, html, text *liquid.Template
	space               *workspace.Workspace
}

func compile(s *campaign.Snapshot, space *workspace.Workspace) (program, error) {
	e := liquid.NewEngine()
	p := &parts{space: space}
	for src, to := range map[string]**liquid.Template{s.Subject: &p.subject, s.HTML: &p.html, s.Text: &p.text} {
		t, err := e.ParseString(src)
		if err != nil {
			return nil, err
		}
		*to = t
	}
	return p, nil
}

func (p *parts) Render(c *customer.Customer, unsubscribe string) (content, error) {
	vars := map[string]any{"customer": map[string]any{"name": c.Name, "email": c.Email}, "workspace": map[string]any{"company": p.space.Company}, "unsubscribe_url": unsubscribe}
	var out content
	for t, to := range map[*liquid.Template]*string{p.subject: &out.Subject, p.html: &out.HTML, p.text: &out.Text} {
		s, err := t.RenderString(vars)
		if err != nil {
			return out, err
		}
		*to = s
	}
	return out, nil
}
