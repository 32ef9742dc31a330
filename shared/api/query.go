package api

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/crm/filter"
)

// SortInput is embedded by a list operation that can be sorted.
type SortInput struct {
	Sort string `query:"sort" maxLength:"200" example:"-createdAt" doc:"A field to sort by; a minus before it turns the order round. Several are separated by commas."`
}

// SortKey is one field of an order.
type SortKey = filter.Key

// Keys reads the order, whose fields must be among allowed. An order that was not asked for is the given one, written the same way.
func (s SortInput) Keys(otherwise string, allowed ...string) ([]SortKey, error) {
	keys := s.Read(otherwise)
	for _, k := range keys {
		if !slices.Contains(allowed, k.Field) {
			return nil, unknownIn("sort", "sort_unknown", k.Field, strings.Join(allowed, ", "))
		}
	}
	return keys, nil
}

// Read is Keys for a list that knows its fields by other means than a list of them.
func (s SortInput) Read(otherwise string) []SortKey { return filter.Keys(orElse(s.Sort, otherwise)) }

// FieldsInput is embedded by an operation whose answer can be narrowed to some members. The contract narrows it: the handler need do nothing.
type FieldsInput struct {
	Fields string `query:"fields" maxLength:"1000" example:"id,name,email" doc:"The members to answer with, separated by commas; all when absent."`
}

// Only says that the answer is narrowed to the named members of each record, which must be among allowed; id is always kept.
func (f FieldsInput) Only(ctx context.Context, allowed ...string) error {
	names := list(f.Fields)
	for _, name := range names {
		if !slices.Contains(allowed, name) {
			return unknownIn("fields", "fields_unknown", name, strings.Join(allowed, ", "))
		}
	}
	if len(names) > 0 {
		callOf(ctx).reply.only = append(names, "id")
	}
	return nil
}

// narrow keeps the wanted members of a document, or of each record of a list.
func narrow(doc []byte, only []string) ([]byte, error) {
	var top map[string]json.RawMessage
	if err := json.Unmarshal(doc, &top); err != nil {
		return nil, fmt.Errorf("narrow a document: %w", err)
	}
	unwanted := func(name string, _ json.RawMessage) bool { return !slices.Contains(only, name) }
	var records []map[string]json.RawMessage
	if json.Unmarshal(top["data"], &records) != nil {
		maps.DeleteFunc(top, unwanted)
		return json.Marshal(top)
	}
	for _, r := range records {
		maps.DeleteFunc(r, unwanted)
	}
	data, err := json.Marshal(records)
	if err != nil {
		return nil, fmt.Errorf("encode narrowed records: %w", err)
	}
	top["data"] = data
	return json.Marshal(top)
}

// ExpandInput is embedded by an operation that can answer with related records inside.
type ExpandInput struct {
	Expand string `query:"expand" maxLength:"200" example:"company" doc:"Related records to put in place of their ids, separated by commas."`
}

// Expanded reads the names, which must be among allowed.
func (e ExpandInput) Expanded(allowed ...string) (map[string]bool, error) {
	set := map[string]bool{}
	for _, name := range list(e.Expand) {
		if !slices.Contains(allowed, name) {
			return nil, unknownIn("expand", "expand_unknown", name, strings.Join(allowed, ", "))
		}
		set[name] = true
	}
	return set, nil
}

// list splits at commas; blank parts do not count.
func list(s string) []string {
	var parts []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}
