package campaignsend

import (
	"context"
	"fmt"
	"sync"

	"github.com/dangol/dangol/shared/crm/campaign"
	"github.com/dangol/dangol/shared/crm/message"
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
	snapshot *campaign.Snapshot
	space    *workspace.Workspace
	program  program
}

// message fills the template for a receiver and signs the links.
func (g *mailing) message(tenant string, wk *work) (mail.Message, error) {
	token := links.Token{Tenant: tenant, Campaign: wk.row.CampaignID, Customer: wk.row.CustomerID, Chunk: wk.row.Chunk}
	url := func(k links.Kind, n int) string {
		t := token
		t.Kind, t.Link = k, n
		return g.base + g.signer.Path(t)
	}
	unsubscribe := url(links.Unsubscribe, 0)
	c, err := g.program.Render(wk.customer, unsubscribe)
	if err != nil {
		return mail.Message{}, err
	}
	return mail.Message{
		ID: wk.row.ID, Tenant: tenant, Campaign: wk.row.CampaignID, From: g.from, To: mail.Address{Name: wk.customer.Name, Email: wk.row.Address},
		Subject: c.Subject, Text: c.Text,
		HTML: campaign.Mend(c.HTML, url(links.Open, 0), func(n int) string { return url(links.Click, n) }),
		Headers: []mail.Header{
			{Name: "List-Unsubscribe", Value: "<" + unsubscribe + ">"},
			{Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click"},
			{Name: "X-Dangol-Campaign", Value: wk.row.CampaignID},
			{Name: "X-Dangol-Message", Value: wk.row.ID},
		},
	}, nil
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
	p, err := compile(snapshot, space)
	if err != nil {
		return nil, fmt.Errorf("compile: %w", err)
	}
	return &mailing{base: w.env.Settings.BaseURL, signer: w.signer, from: sender(space, w.env.Settings.From), snapshot: snapshot, space: space, program: p}, nil
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
