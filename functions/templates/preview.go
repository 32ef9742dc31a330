package templates

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/servicemail"
	"github.com/dangol/dangol/shared/crm/template"
	"github.com/dangol/dangol/shared/crm/templates"
	"github.com/dangol/dangol/shared/crm/workspace"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

type previewInput struct {
	ByID
	Body struct {
		CustomerID string  `json:"customerId,omitempty" maxLength:"64" doc:"As whom; without it, as a sample customer."`
		Language   string  `json:"language,omitempty" enum:"ko,en" doc:"Of the sample customer; default the workspace's."`
		Subject    *string `json:"subject,omitempty" maxLength:"2000" doc:"Instead of the saved subject, to preview what is being written."`
		HTML       *string `json:"html,omitempty" maxLength:"350000" doc:"Instead of the saved HTML."`
		Text       *string `json:"text,omitempty" maxLength:"350000" doc:"Instead of the saved text."`
	}
}

// PreviewReply is a template filled for one customer.
type PreviewReply struct {
	Subject string   `json:"subject"`
	HTML    string   `json:"html"`
	Text    string   `json:"text"`
	Missing []string `json:"missing" nullable:"false" doc:"Variables that this customer has no value for."`
}

func (f *Feature) preview(ctx context.Context, in *previewInput) (*struct{ Body PreviewReply }, error) {
	t := f.tenant(ctx)
	tpl, err := t.Template(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	for given, to := range map[*string]*string{in.Body.Subject: &tpl.Subject, in.Body.HTML: &tpl.HTML, in.Body.Text: &tpl.Text} {
		if given != nil {
			*to = *given
		}
	}
	c, space, err := receiver(ctx, t, in.Body.CustomerID, in.Body.Language)
	if err != nil {
		return nil, err
	}
	mail, missing, err := f.fill(ctx, tpl, c, space)
	if err != nil {
		return nil, err
	}
	return &struct{ Body PreviewReply }{PreviewReply{mail.Subject, mail.HTML, mail.Text, missing}}, nil
}

// receiver is the customer that a preview is for, or a sample one.
func receiver(ctx context.Context, t *store.Tenant, customerID, language string) (*customer.Customer, *workspace.Workspace, error) {
	space, err := t.Workspace(ctx)
	if err != nil {
		return nil, nil, err
	}
	if language == "" {
		language = space.Language
	}
	if customerID == "" {
		return sampleCustomer(language), space, nil
	}
	c, err := t.Customer(ctx, customerID)
	return c, space, err
}

// fill fills the template as a send would, footer included, with an unsubscribe link that only shows what a receiver would see.
func (f *Feature) fill(ctx context.Context, tpl *templates.Template, c *customer.Customer, space *workspace.Workspace) (template.Mail, []string, error) {
	compiled, err := template.Compile(template.WithFooter(tpl.Source(""), space.Language))
	if err != nil {
		return template.Mail{}, nil, err
	}
	own, err := f.tenant(ctx).CustomFields(ctx)
	if err != nil {
		return template.Mail{}, nil, err
	}
	sample := f.env.Settings.BaseURL + "/v1/t/u/sample"
	mail, err := compiled.Render(&template.Values{Customer: c, WorkspaceName: space.Company, SenderName: space.SenderName, PostalAddress: space.PostalAddress,
		CampaignName: tpl.Name, UnsubscribeURL: sample, PreferencesURL: sample, ViewURL: sample,
		Language: space.Language, Fields: own})
	missing := compiled.Missing(c)
	if missing == nil {
		missing = []string{}
	}
	return mail, missing, err
}

type testInput struct {
	ByID
	Body struct {
		Email      string `json:"email" maxLength:"254" doc:"Where the trial goes."`
		CustomerID string `json:"customerId,omitempty" maxLength:"64" doc:"As whom; without it, as a sample customer."`
		Language   string `json:"language,omitempty" enum:"ko,en"`
	}
}

// TestReply names the mail that is on its way.
type TestReply struct {
	MessageID string `json:"messageId"`
}

// test asks for the mail in the same transaction as the stored reply; functions/servicemail hands it over.
func (f *Feature) test(ctx context.Context, in *testInput) (*struct{ Body TestReply }, error) {
	to, ok := customer.Email(in.Body.Email)
	if !ok || to == "" {
		return nil, errs.InvalidField("/email", "email_invalid")
	}
	t := f.tenant(ctx)
	tpl, err := t.Template(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	c, space, err := receiver(ctx, t, in.Body.CustomerID, in.Body.Language)
	if err != nil {
		return nil, err
	}
	mail, _, err := f.fill(ctx, tpl, c, space)
	if err != nil {
		return nil, err
	}
	r := &servicemail.Request{Kind: servicemail.Ready, To: to, Language: space.Language, Company: space.Company, Content: &servicemail.Content{
		FromName: space.SenderName, FromEmail: space.SenderEmail, Subject: mail.Subject, HTML: mail.HTML, Text: mail.Text}}
	tx := t.Begin()
	tx.RequestMail(r)
	out := &struct{ Body TestReply }{TestReply{r.ID}}
	return out, api.Commit(ctx, tx, http.StatusAccepted, out)
}
