package workspace

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/lake/dictionary"
)

func (f *Feature) registerDictionary(a *api.API) {
	api.Register(a, api.Operation{ID: "readDictionary", Method: http.MethodGet, Path: "/v1/workspace/dictionary", Tag: "workspace", Scope: "workspace:read",
		Summary: "Read what every field of the workspace's data means, its own fields too"}, f.dictionary)
}

// Dictionary is docs/lake.md for one workspace: the subjects of its lake, in the caller's language.
type Dictionary struct {
	Data []DictionarySubject `json:"data" nullable:"false"`
}

// DictionarySubject is a table of the lake.
type DictionarySubject struct {
	Name    string            `json:"name" doc:"As the folders of the lake's files and statements call it."`
	Meaning string            `json:"meaning"`
	Sort    []string          `json:"sort" nullable:"false" doc:"The columns by which rows of a file stand in order."`
	By      string            `json:"by,omitempty" doc:"The moment by whose month (UTC) the files are parted; absent where there is one part."`
	Fields  []DictionaryField `json:"fields" nullable:"false"`
}

// DictionaryField is a field of a subject.
type DictionaryField struct {
	Name     string   `json:"name" doc:"As the API names it, nested fields with a dot."`
	Type     string   `json:"type" enum:"text,integer,money,number,date,moment,bool,list"`
	Meaning  string   `json:"meaning"`
	Unit     string   `json:"unit,omitempty"`
	Source   string   `json:"source" doc:"The record that it is read from, or who computes it."`
	Personal bool     `json:"personal" doc:"It is about a person, or leads to one."`
	Custom   bool     `json:"custom" doc:"It is the workspace's own."`
	Columns  []string `json:"columns" nullable:"false" doc:"The columns of the files: two for money, else one."`
}

func (f *Feature) dictionary(ctx context.Context, _ *struct{}) (*struct{ Body Dictionary }, error) {
	set, err := f.tenant(ctx).CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	language, own := api.Language(ctx), dictionary.Custom(*set)
	out := &struct{ Body Dictionary }{}
	for _, s := range dictionary.Subjects() {
		subject := DictionarySubject{Name: s.Name, Meaning: s.Meaning.In(language), Sort: s.Sort, Fields: fieldsOf(append(dictionary.Kept(), s.Fields...), language, false)}
		if s.Partitioned {
			subject.By = s.By
		}
		if s.Name == "customers" {
			subject.Fields = append(subject.Fields, fieldsOf(own, language, true)...)
		}
		out.Body.Data = append(out.Body.Data, subject)
	}
	return out, nil
}

func fieldsOf(fields []dictionary.Field, language string, custom bool) (out []DictionaryField) {
	for _, d := range fields {
		field := DictionaryField{Name: d.Name, Type: string(d.Type), Meaning: d.Meaning.In(language), Unit: dictionary.In(language, d.Unit), Source: dictionary.In(language, d.Source), Personal: d.PII, Custom: custom}
		for _, c := range dictionary.ColumnsOf([]dictionary.Field{d}) {
			field.Columns = append(field.Columns, c.Name)
		}
		out = append(out, field)
	}
	return out
}
