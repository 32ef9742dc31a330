package customer

import "strings"

// textField is a field that holds one text.
type textField struct {
	path string
	get  func(*Fields) string
}

// plain lists the fields of one text in the order of the public API; imports, segments and templates find them here.
var plain = []textField{
	{"kind", func(f *Fields) string { return string(f.Kind) }},
	{"externalId", func(f *Fields) string { return f.ExternalID }},
	{"name", func(f *Fields) string { return f.Name }},
	{"email", func(f *Fields) string { return f.Email }},
	{"phone", func(f *Fields) string { return f.Phone }},
	{"birthDate", func(f *Fields) string { return f.BirthDate }},
	{"gender", func(f *Fields) string { return f.Gender }},
	{"address.line1", func(f *Fields) string { return f.Address.Line1 }},
	{"address.line2", func(f *Fields) string { return f.Address.Line2 }},
	{"address.city", func(f *Fields) string { return f.Address.City }},
	{"address.region", func(f *Fields) string { return f.Address.Region }},
	{"address.postalCode", func(f *Fields) string { return f.Address.PostalCode }},
	{"address.country", func(f *Fields) string { return f.Address.Country }},
	{"companyId", func(f *Fields) string { return f.CompanyID }},
	{"ownerId", func(f *Fields) string { return f.OwnerID }},
	{"lifecycleStage", func(f *Fields) string { return f.LifecycleStage }},
}

// TextPaths lists the paths of the fields that hold one text, in the order of the public API.
func TextPaths() []string {
	out := make([]string, len(plain))
	for i, f := range plain {
		out[i] = f.path
	}
	return out
}

// TextAt returns a reader of the field of one text at a path, or nil when there is none. A custom field is read with CustomAt.
func TextAt(path string) func(*Fields) string {
	for _, f := range plain {
		if f.path == path {
			return f.get
		}
	}
	return nil
}

// CustomAt returns the key that a path such as "custom.size" names.
func CustomAt(path string) (key string, ok bool) {
	key, ok = strings.CutPrefix(path, "custom.")
	return key, ok && ValidCustomKey(key)
}
