// Package workspace is the feature of a business's own settings, the checklist of its first steps, and the sample data that it can add and remove.
package workspace

import (
	"context"
	"net/http"
	"slices"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/workspace.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	const tag, path, read, write = "workspace", "/v1/workspace", "workspace:read", "workspace:write"
	api.Register(a, api.Operation{ID: "getWorkspace", Method: http.MethodGet, Path: path, Tag: tag, Scope: read, Summary: "Read the workspace's settings"}, f.read)
	api.Register(a, api.Operation{ID: "changeWorkspace", Method: http.MethodPatch, Path: path, Tag: tag, Scope: write,
		Statuses: []int{http.StatusPreconditionFailed}, Summary: "Change the workspace's settings by merge patch"}, f.change)
	api.Register(a, api.Operation{ID: "getChecklist", Method: http.MethodGet, Path: path + "/checklist", Tag: tag, Scope: read,
		Summary: "Read the first steps; each ticks itself once it was done"}, f.checklist)
	api.Register(a, api.Operation{ID: "addSampleData", Method: http.MethodPost, Path: path + "/sample-data", Tag: tag, Scope: write, Status: 200,
		Summary: "Add the sample data: a coffee roaster's customers, products, orders and segments"}, f.addSample)
	api.Register(a, api.Operation{ID: "removeSampleData", Method: http.MethodDelete, Path: path + "/sample-data", Tag: tag, Scope: write, Status: 204,
		Summary: "Remove the sample data, and nothing else"}, f.removeSample)
	f.registerFields(a)
	f.registerDictionary(a)
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

func (f *Feature) read(ctx context.Context, _ *struct{}) (*api.Record[*workspace.Workspace], error) {
	w, err := f.tenant(ctx).Workspace(ctx)
	if err != nil {
		return nil, err
	}
	return api.NewRecord(w, w.Version), nil
}

// settings are the members of a workspace that its people may set.
type settings struct {
	Company         string          `json:"company"`
	Language        string          `json:"language"`
	TimeZone        string          `json:"timeZone"`
	Currency        string          `json:"currency"`
	Country         string          `json:"country"`
	SenderName      string          `json:"senderName,omitempty"`
	SenderEmail     string          `json:"senderEmail,omitempty"`
	PostalAddress   string          `json:"postalAddress,omitempty"`
	AttributionDays int             `json:"attributionDays"`
	ScoreModel      string          `json:"scoreModel" enum:"bgNbd,mbgNbd,paretoNbd" doc:"The model that the customers' forecasts are of."`
	DiscountPercent float64         `json:"discountPercent" doc:"Of lifetime value, a year: 0 to 100."`
	MarginPercent   float64         `json:"marginPercent" doc:"Part of the amount that is left after costs, in lifetime value: 1 to 100."`
	Lifecycle       lifecycle.Rules `json:"lifecycle" doc:"The rules of the customers' lifecycle; the next rebuild of the scores follows them."`
	RFM             score.RFMRules  `json:"rfm" doc:"How recency, frequency and revenue become scores; the next rebuild follows it."`
	Costs           score.Costs     `json:"costs" doc:"What profit contribution takes from revenue beside campaign costs; the next rebuild follows it."`
	WalletField     string          `json:"walletField,omitempty" doc:"Key of the custom field of money that holds what a customer spends in a year in all, for the share of wallet; the next rebuild follows it."`
	Onboarding      map[string]bool `json:"onboarding,omitempty" doc:"Steps of the checklist that were skipped."`
}

func settingsOf(w *workspace.Workspace) settings {
	return settings{w.Company, w.Language, w.TimeZone, w.Currency, w.Country, w.SenderName, w.SenderEmail, w.PostalAddress, w.AttributionDays,
		string(w.ScoreModel), w.DiscountPercent, w.MarginPercent, w.Lifecycle, w.RFM, w.Costs, w.WalletField, w.Onboarding}
}

func (s settings) on(w *workspace.Workspace) {
	w.Company, w.Language, w.TimeZone, w.Currency, w.Country = s.Company, s.Language, s.TimeZone, s.Currency, s.Country
	w.SenderName, w.SenderEmail, w.PostalAddress = s.SenderName, s.SenderEmail, s.PostalAddress
	w.AttributionDays, w.Onboarding, w.Lifecycle, w.RFM, w.Costs = s.AttributionDays, s.Onboarding, s.Lifecycle, s.RFM, s.Costs
	w.WalletField = s.WalletField
	w.Forecasts = workspace.Forecasts{ScoreModel: score.Model(s.ScoreModel), DiscountPercent: s.DiscountPercent, MarginPercent: s.MarginPercent}
}

type changeInput struct {
	api.IfMatch
	Body api.Patch[settings]
}

// change patches the settings. A change that changes nothing writes nothing.
func (f *Feature) change(ctx context.Context, in *changeInput) (*api.Record[*workspace.Workspace], error) {
	t := f.tenant(ctx)
	w, err := t.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	if err := in.Check(w.Version); err != nil {
		return nil, err
	}
	patched, changed, err := in.Body.Apply(settingsOf(w))
	if err != nil {
		return nil, err
	}
	patched.on(w)
	if err := w.Check(); err != nil {
		return nil, err
	}
	if slices.Contains(changed, "walletField") {
		if err := checkWallet(ctx, t, w.WalletField); err != nil {
			return nil, err
		}
	}
	if len(changed) == 0 {
		return api.NewRecord(w, w.Version), nil
	}
	tx := t.Begin()
	tx.SaveWorkspace(w, changed)
	if err := api.Commit(ctx, tx, http.StatusOK, nil); err != nil {
		return nil, store.Raced(err)
	}
	return api.NewRecord(w, w.Version), nil
}

// checkWallet refuses a field that is none of the workspace's, or not of money.
func checkWallet(ctx context.Context, t *store.Tenant, key string) error {
	set, err := t.CustomFields(ctx)
	if err != nil || key == "" {
		return err
	}
	if slices.ContainsFunc(set.Fields, func(f customfield.Field) bool { return f.Key == key && f.Type == customfield.Money && !f.Archived }) {
		return nil
	}
	return errs.InvalidField("/walletField", "wallet_field_unknown")
}
