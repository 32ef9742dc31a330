package workspace

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customfield"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
)

func (f *Feature) registerFields(a *api.API) {
	const tag, path, write = "workspace", "/v1/workspace/fields", "workspace:write"
	missing, changing := []int{http.StatusNotFound}, []int{http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed}
	api.Register(a, api.Operation{ID: "listCustomFields", Method: http.MethodGet, Path: path, Tag: tag, Scope: "workspace:read",
		Summary: "List the custom fields of customers, in their order on screens"}, f.fields)
	api.Register(a, api.Operation{ID: "createCustomField", Method: http.MethodPost, Path: path, Tag: tag, Scope: write, Status: 201, Statuses: []int{http.StatusConflict, http.StatusPreconditionFailed},
		Summary: "Define a custom field, or give a key that customers have already its type"}, f.createField)
	api.Register(a, api.Operation{ID: "orderCustomFields", Method: http.MethodPut, Path: path + "/order", Tag: tag, Scope: write,
		Statuses: []int{http.StatusPreconditionFailed}, Summary: "Put the custom fields into another order"}, f.orderFields)
	api.Register(a, api.Operation{ID: "checkCustomField", Method: http.MethodPost, Path: path + "/check", Tag: tag, Scope: "customers:read", Status: 200,
		Summary: "See whether the values that customers have would fit a definition; some customers a call"}, f.checkField)
	api.Register(a, api.Operation{ID: "changeCustomField", Method: http.MethodPatch, Path: path + "/{key}", Tag: tag, Scope: write, Statuses: changing,
		Summary: "Change a custom field by merge patch; its key and type stay"}, f.changeField)
	api.Register(a, api.Operation{ID: "archiveCustomField", Method: http.MethodDelete, Path: path + "/{key}", Tag: tag, Scope: write, Status: 204, Statuses: changing,
		Summary: "Archive a custom field; values that customers have stay"}, f.archiveField)
	api.Register(a, api.Operation{ID: "applyCustomField", Method: http.MethodPost, Path: path + "/{key}/apply", Tag: tag, Scope: write, Status: 200, Statuses: missing,
		Summary: "Bring values from before a definition into its form, and keep the unique ones; some customers a call"}, f.applyField)
}

// FieldList holds the definitions. Its ETag is that of each of them: they are one record.
type FieldList struct {
	Data []customfield.Field `json:"data" nullable:"false"`
}

func (f *Feature) fields(ctx context.Context, _ *struct{}) (*api.Record[FieldList], error) {
	set, err := f.tenant(ctx).CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	return listed(set), nil
}

func listed(set *customfield.Set) *api.Record[FieldList] {
	return api.NewRecord(FieldList{Data: append([]customfield.Field{}, set.Fields...)}, set.Version)
}

type createFieldInput struct {
	api.IfMatch
	Body customfield.Field
}

func (f *Feature) createField(ctx context.Context, in *createFieldInput) (*api.Created[*customfield.Field], error) {
	t := f.tenant(ctx)
	set, err := setAt(ctx, t, in.IfMatch)
	if err != nil {
		return nil, err
	}
	field := in.Body
	if err := ownCurrency(ctx, t, &field); err != nil {
		return nil, err
	}
	if err := set.Add(field); err != nil {
		return nil, err
	}
	tx := t.Begin()
	tx.SaveCustomFields(set, []string{field.Key})
	out := api.NewCreated("/v1/workspace/fields/"+field.Key, set.At(field.Key), set.Version)
	return out, store.Raced(api.Commit(ctx, tx, http.StatusCreated, out))
}

// setAt reads the definitions at the version that the caller read.
func setAt(ctx context.Context, t *store.Tenant, m api.IfMatch) (*customfield.Set, error) {
	set, err := t.CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	return set, m.Check(set.Version)
}

// ownCurrency gives a field of money that names no currency the workspace's.
func ownCurrency(ctx context.Context, t *store.Tenant, field *customfield.Field) error {
	if field.Type != customfield.Money || field.Currency != "" {
		return nil
	}
	w, err := t.Workspace(ctx)
	if err != nil {
		return err
	}
	field.Currency = w.Currency
	return nil
}

// FieldByKey names one definition in the path.
type FieldByKey struct {
	Key string `path:"key" maxLength:"40" doc:"The field's key." example:"memberNo"`
}

func fieldOf(set *customfield.Set, key string) (*customfield.Field, error) {
	if field := set.At(key); field != nil {
		return field, nil
	}
	return nil, errs.New(errs.NotFound, "custom_field_not_found")
}

// fieldChange are the members of a definition that may change.
type fieldChange struct {
	Label    customfield.Label    `json:"label"`
	Required bool                 `json:"required,omitempty"`
	Unique   bool                 `json:"unique,omitempty"`
	Default  any                  `json:"default,omitempty"`
	Currency string               `json:"currency,omitempty"`
	Choices  []customfield.Option `json:"choices,omitempty"`
	Archived bool                 `json:"archived,omitempty"`
}

type changeFieldInput struct {
	FieldByKey
	api.IfMatch
	Body api.Patch[fieldChange]
}

func (f *Feature) changeField(ctx context.Context, in *changeFieldInput) (*api.Record[*customfield.Field], error) {
	t := f.tenant(ctx)
	set, err := setAt(ctx, t, in.IfMatch)
	if err != nil {
		return nil, err
	}
	was, err := fieldOf(set, in.Key)
	if err != nil {
		return nil, err
	}
	c, changed, err := in.Body.Apply(fieldChange{was.Label, was.Required, was.Unique, was.Default, was.Currency, was.Choices, was.Archived})
	if err != nil {
		return nil, err
	}
	if err := set.Put(customfield.Field{Key: was.Key, Type: was.Type, Label: c.Label, Required: c.Required, Unique: c.Unique, Default: c.Default,
		Currency: c.Currency, Choices: c.Choices, Archived: c.Archived}); err != nil {
		return nil, err
	}
	if len(changed) > 0 {
		if err := save(ctx, t, set, in.Key, http.StatusOK); err != nil {
			return nil, err
		}
	}
	return api.NewRecord(set.At(in.Key), set.Version), nil
}

func save(ctx context.Context, t *store.Tenant, set *customfield.Set, key string, status int) error {
	tx := t.Begin()
	tx.SaveCustomFields(set, []string{key})
	return store.Raced(api.Commit(ctx, tx, status, nil))
}

type archiveFieldInput struct {
	FieldByKey
	api.IfMatch
}

func (f *Feature) archiveField(ctx context.Context, in *archiveFieldInput) (*struct{}, error) {
	t := f.tenant(ctx)
	set, err := setAt(ctx, t, in.IfMatch)
	if err != nil {
		return nil, err
	}
	field, err := fieldOf(set, in.Key)
	if err != nil {
		return nil, err
	}
	if field.Archived {
		return nil, nil
	}
	field.Archived = true
	return nil, save(ctx, t, set, in.Key, http.StatusNoContent)
}

type orderFieldsInput struct {
	api.IfMatch
	Body struct {
		Keys []string `json:"keys" maxItems:"1000" doc:"Every key once, archived ones too."`
	}
}

func (f *Feature) orderFields(ctx context.Context, in *orderFieldsInput) (*api.Record[FieldList], error) {
	t := f.tenant(ctx)
	set, err := setAt(ctx, t, in.IfMatch)
	if err != nil {
		return nil, err
	}
	if err := set.Order(in.Body.Keys); err != nil {
		return nil, err
	}
	if len(set.Fields) > 0 {
		if err := save(ctx, t, set, "order", http.StatusOK); err != nil {
			return nil, err
		}
	}
	return listed(set), nil
}
