package reference

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/errs"
)

// view makes the pages of one language.
type view struct {
	Words    words
	Language string
	Base     string
	document *document
}

// Frame is what every page has.
type Frame struct {
	Words    words
	Language string
	Page     string
	Title    string
}

func (v *view) frame(page, title string) Frame {
	return Frame{Words: v.Words, Language: v.Language, Page: page, Title: title}
}

// Reference is the page of all operations.
type Reference struct {
	Frame
	Version string
	Base    string
	Intro   []string
	Groups  []Group
}

// Group is the operations of one tag.
type Group struct {
	ID, Name   string
	Operations []Operation
}

// Operation is one operation as it is shown.
type Operation struct {
	ID, Method, Path, Summary, Text string
	Scope                           string
	Public, Deprecated              bool
	Params                          []Param
	Body                            *shape
	Media                           string
	Replies                         []Reply
	Refusals                        []Reply
	Curl                            string
	Example                         string
}

// Param is a parameter or a header.
type Param struct {
	In string
	member
}

// Reply is one status that an operation answers with.
type Reply struct {
	Status, Text string
	Headers      []Param
	Body         *shape
}

func (v *view) reference() Reference {
	d := v.document
	r := Reference{Frame: v.frame("reference", v.Words.Reference), Version: d.Info.Version, Base: v.Base, Intro: v.Words.Intro}
	groups := map[string]*Group{}
	for _, path := range slices.Sorted(maps.Keys(d.Paths)) {
		for _, method := range []string{"get", "post", "put", "patch", "delete"} {
			op := d.Paths[path][method]
			if op == nil {
				continue
			}
			tag := strings.Join(op.Tags, " ")
			if groups[tag] == nil {
				groups[tag] = &Group{ID: tag, Name: orElse(v.Words.Tags[tag], tag)}
			}
			groups[tag].Operations = append(groups[tag].Operations, v.operation(strings.ToUpper(method), path, op))
		}
	}
	for _, g := range groups {
		r.Groups = append(r.Groups, *g)
	}
	slices.SortFunc(r.Groups, func(a, b Group) int { return cmp.Compare(tagRank(a.ID), tagRank(b.ID)) })
	return r
}

func (v *view) operation(method, path string, op *operation) Operation {
	o := Operation{ID: op.ID, Method: method, Path: path, Summary: op.Summary, Text: op.Description, Deprecated: op.Deprecated, Public: len(op.Security) == 0,
		Curl: v.curl(method, path, op)}
	for _, s := range op.Security {
		for _, scopes := range s {
			o.Scope = strings.Join(scopes, " ")
		}
	}
	for _, p := range op.Parameters {
		p = v.document.parameter(p)
		sh := v.shape(p.Schema)
		sh.Text = orElse(p.Description, sh.Text)
		o.Params = append(o.Params, Param{In: p.In, member: member{Name: p.Name, Required: p.Required, shape: sh}})
	}
	if op.RequestBody != nil {
		names := slices.Sorted(maps.Keys(op.RequestBody.Content))
		sh := v.shape(op.RequestBody.Content[names[0]].Schema)
		o.Body, o.Media = &sh, strings.Join(names, ", ")
	}
	v.replies(&o, op)
	return o
}

// replies sorts the answers into what is hoped for and what may go wrong, and takes the first good one as the example.
func (v *view) replies(o *Operation, op *operation) {
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		r := v.document.response(op.Responses[status])
		out := Reply{Status: status, Text: r.Description}
		if status >= "400" {
			o.Refusals = append(o.Refusals, out)
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
			h := v.document.header(r.Headers[name])
			sh := v.shape(h.Schema)
			sh.Text = orElse(h.Description, sh.Text)
			out.Headers = append(out.Headers, Param{member: member{Name: name, shape: sh}})
		}
		for _, media := range slices.Sorted(maps.Keys(r.Content)) {
			if out.Body != nil { // the same as another media type
				out.Text += " · Accept: " + media
				continue
			}
			s := r.Content[media].Schema
			sh := v.shape(s)
			out.Body = &sh
			if o.Example == "" {
				o.Example = pretty(v.example(s))
			}
		}
		o.Replies = append(o.Replies, out)
	}
}

// Problems is the page of all codes.
type Problems struct {
	Frame
	Codes []Code
}

// Code is one code with its words, in the page's language and in the other.
type Code struct{ Code, Text, Other string }

func (v *view) problems() Problems {
	p := Problems{Frame: v.frame("problems", v.Words.Problems)}
	other := map[string]string{"ko": "en", "en": "ko"}[v.Language]
	all := errs.Codes()
	for _, code := range slices.Sorted(maps.Keys(all)) {
		p.Codes = append(p.Codes, Code{Code: code, Text: whole(all[code].In(v.Language)), Other: whole(all[code].In(other))})
	}
	return p
}

// whole is a text with its optional parts, which stand in brackets.
func whole(text string) string { return strings.NewReplacer("[", "", "]", "").Replace(text) }
