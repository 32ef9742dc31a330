// Package reference makes the pages of the API reference from the OpenAPI document and the codes of problems. They are made when the document is written, not
// where they are served: a parser of YAML and a template engine are a tenth of a function's start.
package reference

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"strings"
)

//go:embed pages
var pages embed.FS

// Render returns every page in both languages by its name, such as "ko/reference". Samples call the installation at base. An error means that the document
// cannot be read.
func Render(openAPI []byte, base string) (map[string][]byte, error) {
	d, err := parse(openAPI)
	if err != nil {
		return nil, err
	}
	t, err := template.New("").Funcs(template.FuncMap{"lower": strings.ToLower, "pair": pair}).ParseFS(pages, "pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("read the templates of the reference: %w", err)
	}
	out := map[string][]byte{}
	for language, words := range languages {
		v := view{Words: words, Language: language, Base: base, document: d}
		for name, data := range map[string]any{"reference": v.reference(), "problems": v.problems()} {
			var b bytes.Buffer
			if err := t.ExecuteTemplate(&b, name+".html", data); err != nil {
				return nil, fmt.Errorf("render %s in %s: %w", name, language, err)
			}
			out[language+"/"+name] = b.Bytes()
		}
	}
	return out, nil
}

// pair hands a part of a page two values.
func pair(page, op any) map[string]any { return map[string]any{"Page": page, "Op": op} }
