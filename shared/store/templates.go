package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/dangol/dangol/shared/crm/templates"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/table"
)

// templateHead is what lists show of a template.
type templateHead struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Description string    `json:"description,omitempty"`
	Subject     string    `json:"subject,omitempty"`
	Sample      bool      `json:"sample,omitempty"`
	CreatedAt   time.Time `json:"createdAt"`
	UpdatedAt   time.Time `json:"updatedAt"`
}

// templateBody is the rest.
type templateBody struct {
	HTML string `json:"html,omitempty"`
	Text string `json:"text,omitempty"`
}

// Template reads one template; errs template_not_found.
func (t *Tenant) Template(ctx context.Context, templateID string) (*templates.Template, error) {
	if !id.Valid(id.Template, templateID) {
		return nil, errs.New(errs.NotFound, "template_not_found")
	}
	it, err := t.get(ctx, table.CRM, t.keys.record(templateID), "template_not_found")
	if err != nil {
		return nil, err
	}
	return decodeTemplate(it)
}

// Templates lists templates, newest first, without their HTML and text.
func (t *Tenant) Templates(ctx context.Context, p Page) (out []*templates.Template, next string, err error) {
	p.Reverse = true
	items, next, err := t.list(ctx, table.CRM, 1, "tpl.list", 1, p)
	if err != nil {
		return nil, "", err
	}
	for i := range items {
		tpl, err := decodeTemplate(&items[i])
		if err != nil {
			return nil, "", err
		}
		out = append(out, tpl)
	}
	return out, next, nil
}

// CreateTemplate adds a new template.
func (x *Tx) CreateTemplate(tpl *templates.Template) {
	tpl.CreatedAt, tpl.UpdatedAt = x.t.Now(), x.t.Now()
	x.create(table.CRM, LabelRecord, x.t.templateItem(tpl, x.event("template.created", tpl.ID, nil, nil)))
	tpl.Version = 1
}

// SaveTemplate adds the template's new state. Label: record.
func (x *Tx) SaveTemplate(tpl *templates.Template, changed []string) {
	tpl.UpdatedAt = x.t.Now()
	x.replace(table.CRM, LabelRecord, tpl.Version, x.t.templateItem(tpl, x.event("template.changed", tpl.ID, changed, nil)))
	tpl.Version++
}

// RemoveTemplate takes a template away; campaigns that were launched keep what they send. Label: record.
func (x *Tx) RemoveTemplate(tpl *templates.Template) {
	x.Append(table.Op{Table: table.CRM, Kind: table.OpDelete, If: table.IfVersion, Version: tpl.Version, Label: LabelRecord,
		Item: table.Item{Key: x.t.keys.record(tpl.ID), Event: x.event("template.removed", tpl.ID, nil, nil)}})
}

func (t *Tenant) templateItem(tpl *templates.Template, event []byte) table.Item {
	it := table.Item{Key: t.keys.record(tpl.ID), Event: event, Body: encode(templateBody{tpl.HTML, tpl.Text}),
		Head: encode(templateHead{tpl.ID, tpl.Name, tpl.Description, tpl.Subject, tpl.Sample, tpl.CreatedAt, tpl.UpdatedAt})}
	it.Index[0] = t.keys.listedOnce("tpl.list", tpl.ID)
	return it
}

func decodeTemplate(it *table.Item) (*templates.Template, error) {
	var h templateHead
	var b templateBody
	if err := json.Unmarshal(it.Head, &h); err != nil {
		return nil, fmt.Errorf("decode template %s: %w", it.PK, err)
	}
	if err := decodeBody(it, &b); err != nil {
		return nil, err
	}
	return &templates.Template{ID: h.ID, Sample: h.Sample, CreatedAt: h.CreatedAt, UpdatedAt: h.UpdatedAt, Version: it.Version,
		Fields: templates.Fields{Name: h.Name, Description: h.Description, Subject: h.Subject, HTML: b.HTML, Text: b.Text}}, nil
}
