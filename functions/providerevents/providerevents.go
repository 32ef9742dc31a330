// Package providerevents takes in what providers report about messages: accepted, delivered, bounced, complained. It only checks who speaks and puts
// the reports on the queue; functions/outcomes folds them.
package providerevents

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/links"
	"github.com/dangol/dangol/shared/mail"
	"github.com/dangol/dangol/shared/queue"
)

// Feature serves /v1/provider-events.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operation.
func (f *Feature) Register(a *api.API) {
	api.Register(a, api.Operation{ID: "reportProviderEvents", Method: http.MethodPost, Path: "/v1/provider-events/{provider}", Tag: "campaigns", Public: true,
		Status: http.StatusAccepted, Statuses: []int{http.StatusUnauthorized}, PerAddress: 1000,
		Summary:     "Report what became of messages at a provider",
		Description: "The X-Dangol-Secret header carries the secret that the installation has for the provider. Reports may come in any order, twice and late."}, f.report)
}

// Event is a provider's report on one message.
type Event struct {
	Kind      mail.EventKind `json:"kind" enum:"accepted,delivered,bounced,complained"`
	MessageID string         `json:"messageId" maxLength:"64" doc:"Our id of the message, as the X-Dangol-Message header of the mail has it."`
	Tenant    string         `json:"tenant" maxLength:"64" doc:"The workspace, as it was handed to the provider."`
	Campaign  string         `json:"campaign,omitempty" maxLength:"64"`
	Address   string         `json:"address,omitempty" maxLength:"320"`
	At        time.Time      `json:"at" doc:"When it happened."`
	Detail    string         `json:"detail,omitempty" maxLength:"2000" doc:"The provider's words."`
}

type reportInput struct {
	Provider string  `path:"provider" maxLength:"40" pattern:"^[a-z0-9-]+$" doc:"The provider's name, as the installation knows it."`
	Secret   string  `header:"X-Dangol-Secret" maxLength:"200"`
	Body     []Event `maxItems:"1000"`
}

// Taken says how many reports were taken in.
type Taken struct {
	Taken int `json:"taken"`
}

func (f *Feature) report(ctx context.Context, in *reportInput) (*struct{ Body Taken }, error) {
	want := links.ProviderSecret(f.env.Settings.Keys.Links, in.Provider)
	if subtle.ConstantTimeCompare([]byte(want), []byte(in.Secret)) != 1 {
		return nil, errs.New(errs.Unauthorized, "provider_secret_wrong")
	}
	byTenant := map[string][]mail.Event{}
	for _, e := range in.Body {
		if id.Valid(id.Workspace, e.Tenant) { // any other can only be about nothing of ours
			byTenant[e.Tenant] = append(byTenant[e.Tenant], mail.Event(e))
		}
	}
	for tenant, events := range byTenant {
		if err := f.pass(ctx, tenant, events); err != nil {
			return nil, err
		}
	}
	return &struct{ Body Taken }{Taken{len(in.Body)}}, nil
}

// perMessage is how many reports go into one message of the queue: well within its 256 KB.
const perMessage = 50

func (f *Feature) pass(ctx context.Context, tenant string, events []mail.Event) error {
	for start := 0; start < len(events); start += perMessage {
		body, err := json.Marshal(events[start:min(start+perMessage, len(events))])
		if err != nil {
			return err
		}
		if err := f.env.Queue.Send(ctx, catalogue.Outcomes, queue.Send{Group: tenant, Body: body}); err != nil {
			return fmt.Errorf("queue provider events: %w", err)
		}
	}
	return nil
}
