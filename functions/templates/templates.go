// Package templates is the feature of what campaigns say: written, previewed as any customer, sent on trial.
package templates

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/template"
	"github.com/dangol/dangol/shared/crm/templates"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/templates.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	const tag, read, write = "templates", "templates:read", "templates:write"
	missing := []int{http.StatusNotFound}
	changing := []int{http.StatusNotFound, http.StatusPreconditionFailed}
	const size = 2 << 20 // JSON of the largest template

	api.Register(a, api.Operation{ID: "listTemplates", Method: http.MethodGet, Path: "/v1/templates", Tag: tag, Scope: read,
		Summary: "List templates, newest first, without their HTML and text"}, f.list)
	api.Register(a, api.Operation{ID: "createTemplate", Method: http.MethodPost, Path: "/v1/templates", Tag: tag, Scope: write, Status: 201, BodyBytes: size,
		Summary:     "Create a template; what keeps it from being sent is listed in problems",
		Description: template.FooterNote}, f.create)
	api.Register(a, api.Operation{ID: "listTemplateVariables", Method: http.MethodGet, Path: "/v1/templates/variables", Tag: tag, Scope: read,
		Summary: "List the variables that templates may read",
		Description: "Beside them stands customer.custom.<key>. A defined field is printed by its type and in the workspace's language: figures grouped, amounts with their currency's sign, " +
			"dates in words, choices by their labels, yes or no. Conditions, and filters that compute (plus, date, join ...), see the value itself."}, f.variables)
	api.Register(a, api.Operation{ID: "getTemplate", Method: http.MethodGet, Path: "/v1/templates/{id}", Tag: tag, Scope: read, Statuses: missing,
		Summary: "Read a template"}, f.read)
	api.Register(a, api.Operation{ID: "changeTemplate", Method: http.MethodPatch, Path: "/v1/templates/{id}", Tag: tag, Scope: write, Statuses: changing, BodyBytes: size,
		Summary: "Change a template by merge patch; campaigns under way keep what they send"}, f.change)
	api.Register(a, api.Operation{ID: "deleteTemplate", Method: http.MethodDelete, Path: "/v1/templates/{id}", Tag: tag, Scope: write, Statuses: changing,
		Summary: "Remove a template; campaigns under way keep what they send"}, f.remove)
	api.Register(a, api.Operation{ID: "previewTemplate", Method: http.MethodPost, Path: "/v1/templates/{id}/preview", Tag: tag, Scope: read, Statuses: missing, BodyBytes: size,
		Summary:     "Fill a template for a customer, or for a sample one, without saving anything",
		Description: "It shows what a launch would send. " + template.FooterNote}, f.preview)
	api.Register(a, api.Operation{ID: "testTemplate", Method: http.MethodPost, Path: "/v1/templates/{id}/test", Tag: tag, Scope: write, Status: 202, Statuses: missing,
		Summary: "Send a template to one address on trial"}, f.test)
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

// ByID names one record in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64" doc:"The template's id."`
}

// Shown is a template with what keeps it from being sent.
type Shown struct {
	*templates.Template
	Problems []api.FieldProblem `json:"problems" nullable:"false" doc:"What keeps it from being sent: unknown variables, Liquid that cannot be read. A launch refuses it."`
}

// shown checks the template and puts the mistakes in the caller's words.
func shown(ctx context.Context, tpl *templates.Template) Shown {
	out := Shown{Template: tpl, Problems: []api.FieldProblem{}}
	for _, p := range template.Problems(tpl.Source("")) {
		out.Problems = append(out.Problems, api.NewFieldProblem(p, api.Language(ctx)))
	}
	return out
}

type variablesOutput struct {
	Body struct {
		Data []template.Variable `json:"data"`
	}
}

func (f *Feature) variables(ctx context.Context, _ *struct{}) (*variablesOutput, error) {
	out := &variablesOutput{}
	out.Body.Data = template.SampleVariables(api.Language(ctx))
	return out, nil
}
