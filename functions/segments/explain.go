package segments

import (
	"context"
	"encoding/json"

	"github.com/dangol/dangol/shared/api"
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
	member, steps, err := f.audience(t).Explain(ctx, rule, c)
	if err != nil {
		return nil, err
	}
	return &struct{ Body ExplainReply }{ExplainReply{Member: member, Text: segment.Describe(rule, api.Language(ctx), f.named(ctx, t)), Steps: steps}}, nil
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
		Data []Field `json:"data"`
	}
}

// Field is something that a rule may ask for.
type Field struct {
	segment.FieldInfo
	Ops []segment.Op `json:"ops"`
}

func (f *Feature) fields(context.Context, *struct{}) (*fieldsOutput, error) {
	out := &fieldsOutput{}
	for _, field := range segment.Fields() {
		out.Body.Data = append(out.Body.Data, Field{FieldInfo: field, Ops: segment.Ops(field.Type)})
	}
	return out, nil
}
