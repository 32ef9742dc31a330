package segments

import (
	"context"
	"encoding/json"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/store"
)

type explainInput struct {
	Body struct {
		Rule       json.RawMessage `json:"rule"`
		CustomerID string          `json:"customerId" maxLength:"64" doc:"Whom to look up."`
	}
}

// ExplainReply says whether a customer meets a rule, part by part.
type ExplainReply struct {
	Member bool           `json:"member"`
	Text   string         `json:"text" doc:"The rule as a sentence, in the caller's language."`
	Steps  []segment.Step `json:"steps" doc:"Each part of the rule with whether the customer meets it."`
}

func (f *Feature) explain(ctx context.Context, in *explainInput) (*struct{ Body ExplainReply }, error) {
	rule, err := segment.Parse(in.Body.Rule, "/rule")
	if err != nil {
		return nil, err
	}
	t := f.tenant(ctx)
	c, err := t.Customer(ctx, in.Body.CustomerID)
	if err != nil {
		return nil, err
	}
	member, steps, err := audience.New(t, f.env.Objects(t.ID)).Explain(ctx, rule, c)
	if err != nil {
		return nil, err
	}
	own, err := t.CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	language := api.Language(ctx)
	text := segment.Describe(rule, language, segment.Names{Record: f.named(ctx, t), Field: ownWords(own, language)})
	return &struct{ Body ExplainReply }{ExplainReply{Member: member, Text: text, Steps: steps}}, nil
}

// ownWords are the labels of custom fields, and of their choices.
func ownWords(set *customfield.Set, language string) func(string) (string, func(any) string, bool) {
	return func(key string) (string, func(any) string, bool) {
		field := set.At(key)
		if field == nil {
			return "", nil, false
		}
		return field.Label.In(language), func(v any) string { return field.Words(v, language) }, true
	}
}

// named shows a segment or campaign inside a sentence by its name, or by its id when it is gone.
func (f *Feature) named(ctx context.Context, t *store.Tenant) func(string) string {
	return func(ref string) string {
		if s, err := t.Segment(ctx, ref); err == nil {
			return s.Name
		}
		if c, _, err := t.Campaign(ctx, ref); err == nil {
			return c.Name
		}
		return ref
	}
}

type fieldsOutput struct {
	Body struct {
		Data      []Field `json:"data"`
		Campaigns []Field `json:"campaigns" nullable:"false" doc:"Fields of campaigns, for lists of them."`
		Leads     []Field `json:"leads" nullable:"false" doc:"Fields of leads, for lists of them."`
		Orders    []Field `json:"orders" nullable:"false" doc:"Fields of orders, for lists of orders, which take those of customers too."`
	}
}

// Field is something that a rule may ask for.
type Field struct {
	segment.FieldInfo
	Ops      []segment.Op         `json:"ops"`
	Choices  []customfield.Option `json:"choices,omitempty" doc:"What a custom field of choices can hold, by the keys that rules name. Archived choices are among them: customers and older rules have them still."`
	Currency string               `json:"currency,omitempty" doc:"That of a custom field of money. A rule whose amount names no currency asks for the workspace's."`
}

func (f *Feature) fields(ctx context.Context, _ *struct{}) (*fieldsOutput, error) {
	set, err := f.tenant(ctx).CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	out := &fieldsOutput{}
	out.Body.Data = withOps(segment.Fields())
	for _, own := range set.Live() {
		out.Body.Data = append(out.Body.Data, ownField(&own))
	}
	out.Body.Orders, out.Body.Leads, out.Body.Campaigns = withOps(segment.ListedFields()), withOps(segment.Leads.All()), withOps(segment.Campaigns.All())
	return out, nil
}

// withOps lists fields of every workspace with what can be asked of them.
func withOps(fields []segment.FieldInfo) []Field {
	out := make([]Field, len(fields))
	for i, f := range fields {
		out[i] = Field{FieldInfo: f, Ops: segment.Ops(f.Type)}
	}
	return out
}

// ownTypes are the types under which rules ask for custom fields.
var ownTypes = map[customfield.Type]segment.Type{customfield.Text: segment.Text, customfield.Link: segment.Text, customfield.Choice: segment.Text,
	customfield.Choices: segment.Tags, customfield.Number: segment.Number, customfield.Date: segment.Date, customfield.YesNo: segment.Bool,
	customfield.Money: segment.Money}

// ownField lists a defined custom field as rules know it.
func ownField(f *customfield.Field) Field {
	info := segment.FieldInfo{Path: "customer.custom." + f.Key, Type: ownTypes[f.Type], Korean: f.Label.In("ko"), English: f.Label.In("en")}
	return Field{FieldInfo: info, Ops: segment.Ops(info.Type), Choices: f.Choices, Currency: f.Currency}
}
