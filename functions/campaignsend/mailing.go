package campaignsend

import (
	"context"
	"fmt"
	"sync"

	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/crm/template"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/links"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/store"
)

// mailing is what all messages of a campaign share: the compiled template, the sender and the addresses of links.
type mailing struct {
	base     string // of links
	signer   *links.Signer
	from     mail.Address
	template *template.Template
	numbers  map[string]int  // of tracked links, by target
	values   template.Values // those that are the same for everyone
}

// message fills the template for a receiver and signs the links.
func (g *mailing) message(tenant string, wk *work) (mail.Message, error) {
	token := links.Token{Tenant: tenant, Campaign: wk.row.CampaignID, Customer: wk.row.CustomerID, Chunk: wk.row.Chunk}
	url := func(k links.Kind, n int) string {
		t := token
		t.Kind, t.Link = k, n
		return g.base + g.signer.Path(t)
	}
	v := g.values
	v.Customer, v.UnsubscribeURL = wk.customer, url(links.Unsubscribe, 0)
	v.PreferencesURL = v.UnsubscribeURL
	filled, err := g.template.Render(&v)
	if err != nil {
		return mail.Message{}, err
	}
	tracked := func(target string) string {
		if n, ok := g.numbers[target]; ok {
			return url(links.Click, n)
		}
		return target
	}
	html := filled.HTML
	if html != "" {
		html = template.Instrument(html, tracked, url(links.Open, 0))
	}
	return mail.Message{
		ID: wk.row.ID, Tenant: tenant, Campaign: wk.row.CampaignID, From: g.from, To: mail.Address{Name: wk.customer.Name, Email: wk.row.Address},
		Subject: filled.Subject, Text: filled.Text, HTML: html, Headers: headers(wk.row, v.UnsubscribeURL),
	}, nil
}

// headers name the message and the way out of it: RFC 2369 and, for one click, RFC 8058.
func headers(m *message.Message, unsubscribe string) []mail.Header {
	return []mail.Header{
		{Name: "List-Unsubscribe", Value: "<" + unsubscribe + ">"},
		{Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click"},
		{Name: "X-Dangol-Campaign", Value: m.CampaignID},
		{Name: "X-Dangol-Message", Value: m.ID},
	}
}

// mailings keeps the prepared mailings of the campaigns that a worker is busy with. A mailing belongs to an epoch: what a campaign sends changes in
// no other way.
type mailings struct {
	mu   sync.Mutex
	kept map[message.Call]*mailing
}

// mostMailings bounds what is kept; a worker that is busy with more prepares them again.
const mostMailings = 32

func newMailings() *mailings { return &mailings{kept: map[message.Call]*mailing{}} }

func (s *mailings) get(ctx context.Context, w *Worker, t *store.Tenant, call message.Call) (*mailing, error) {
	key := message.Call{Tenant: call.Tenant, Campaign: call.Campaign, Epoch: call.Epoch}
	s.mu.Lock()
	defer s.mu.Unlock() // the chunks of a campaign start together: one prepares, the others wait
	if g := s.kept[key]; g != nil {
		return g, nil
	}
	g, err := w.prepare(ctx, t, call.Campaign)
	if err != nil {
		return nil, err
	}
	if len(s.kept) >= mostMailings {
		clear(s.kept)
	}
	s.kept[key] = g
	return g, nil
}

func (w *Worker) prepare(ctx context.Context, t *store.Tenant, campaignID string) (*mailing, error) {
	snapshot, err := t.Snapshot(ctx, campaignID)
	if err != nil {
		return nil, err
	}
	space, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	own, err := t.CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	compiled, err := template.Compile(snapshot.Source)
	if err != nil {
		return nil, fmt.Errorf("compile: %w", err)
	}
	g := &mailing{base: w.env.Settings.BaseURL, signer: w.signer, from: sender(space, w.env.Settings.From), template: compiled,
		numbers: make(map[string]int, len(snapshot.Links)),
		values: template.Values{WorkspaceName: space.Company, SenderName: space.SenderName, PostalAddress: space.PostalAddress, CampaignName: snapshot.Name,
			Language: space.Language, Fields: own}}
	for n, target := range snapshot.Links {
		g.numbers[target] = n
	}
	return g, nil
}

// sender is the workspace's own address, or the installation's in the workspace's name until it has one.
func sender(space *workspace.Workspace, installation mail.Address) mail.Address {
	from := mail.Address{Name: space.SenderName, Email: space.SenderEmail}
	if from.Email == "" {
		from.Email = installation.Email
	}
	if from.Name == "" {
		from.Name = space.Company
	}
	return from
}
