package importplan

import (
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
)

// Plan turns rows into records. It is safe for concurrent use.
type Plan struct {
	kind     Kind
	defaults Defaults
	columns  []column
	columnOf map[string]string // field path -> name of the column
}

// column is a mapped column: where it stands, what it means, and how a cell is read.
type column struct {
	index int
	name  string
	path  string
	read  reader
}

// reader puts a cell that is not blank into a draft, or returns the code of what is wrong.
type reader func(d *draft, cell string) string

// need are the fields of which a kind needs all, and oneOf those of which it needs one.
var (
	need = map[Kind][]string{
		Orders: {"customerExternalId", "orderedAt"},
	}
	oneOf = map[Kind][]string{
		Customers: {"name", "email", "phone", "externalId"},
		Orders:    {"total", "unitPrice"},
		Leads:     {"name", "email", "phone", "company"},
	}
)

// Compile checks a mapping against the header and returns the plan. It refuses, with JSON pointers under /mapping: columns that the file does not have,
// fields that the kind does not have or that two columns mean, and required fields that no column means.
func Compile(k Kind, header []string, m Mapping, d Defaults) (*Plan, error) {
	p := &Plan{kind: k, defaults: d, columnOf: map[string]string{}}
	refused := errs.New(errs.Invalid, "validation_failed")
	for i, name := range header {
		path := m[name]
		switch {
		case path == "":
		case !known(k, path):
			refused.Add(pointer(name), "mapping_field_unknown", "field", path)
		case p.columnOf[path] != "":
			refused.Add(pointer(name), "mapping_field_repeated", "field", path, "other", p.columnOf[path])
		default:
			p.columnOf[path] = name
			p.columns = append(p.columns, column{i, name, path, readerOf(k, path, d)})
		}
	}
	for name := range m {
		if !slices.Contains(header, name) {
			refused.Add(pointer(name), "mapping_column_unknown", "column", name)
		}
	}
	p.required(refused)
	p.offered(refused)
	return p, refused.OrNil()
}

func (p *Plan) required(refused *errs.Error) {
	for _, path := range need[p.kind] {
		if p.columnOf[path] == "" {
			refused.Add("/mapping", "mapping_required_missing", "fields", path)
		}
	}
	for _, path := range oneOf[p.kind] {
		if p.columnOf[path] != "" {
			return
		}
	}
	refused.Add("/mapping", "mapping_required_missing", "fields", strings.Join(oneOf[p.kind], ", "))
}

// offered refuses columns for custom fields that are archived.
func (p *Plan) offered(refused *errs.Error) {
	for _, c := range p.columns {
		key, custom := customer.CustomAt(c.path)
		if f := p.defaults.Custom.At(key); custom && f != nil && f.Archived {
			refused.Add(pointer(c.name), "custom_field_archived")
		}
	}
}

func pointer(column string) string {
	return "/mapping/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(column)
}

func readerOf(k Kind, path string, d Defaults) reader {
	switch {
	case k == Orders:
		return orderReaders[path]
	case k == Leads:
		return leadReaders[path]
	case strings.HasPrefix(path, "consent."):
		return consentReader(strings.TrimPrefix(path, "consent."))
	}
	if r := customerReaders[path]; r != nil {
		return r
	}
	if key, ok := customer.CustomAt(path); ok {
		return customReader(key, d.Custom.At(key))
	}
	return textReader(path)
}
