package template

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/errs"
)

// ErrTooLarge reports that a part rendered to more than MaxOutput.
var ErrTooLarge = errors.New("template: the output is too large")

// Render fills the template. It fails with template_render_failed (kind Invalid, the cause inside) when a value cannot be used as the template does, which
// is a fault of the content: the campaign should stop. Values missing are printed as nothing.
func (t *Template) Render(v *Values) (Mail, error) {
	values := bind(t.bound, v)
	subject, err := t.subject.render(values)
	if err != nil {
		return Mail{}, failed("/subject", err)
	}
	html, err := t.html.render(values)
	if err != nil {
		return Mail{}, failed("/html", err)
	}
	text, err := t.text.render(values)
	if err != nil {
		return Mail{}, failed("/text", err)
	}
	return Mail{Subject: oneLine(subject), HTML: html, Text: text}, nil
}

func failed(pointer string, err error) error {
	return errs.New(errs.Invalid, "validation_failed").Add(pointer, "template_render_failed", "detail", detail(err)).Because(err)
}

// oneLine keeps values from adding headers to a mail.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\r\n\x00") {
		return strings.TrimSpace(s)
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\r' || r == '\n' || r == 0 }), " ")
}

// render fills one part. The library panics when it cannot write, so that is caught here.
func (p *part) render(values map[string]any) (out string, err error) {
	if p.liquid == nil {
		return p.plain, nil
	}
	b := buffers.Get().(*bounded)
	b.Reset()
	defer buffers.Put(b)
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("template: %v", r)
			if b.full {
				err = ErrTooLarge
			}
		}
	}()
	if err := p.liquid.FRender(b, maps.Clone(values)); err != nil {
		if b.full {
			return "", ErrTooLarge
		}
		return "", err
	}
	return b.String(), nil
}

// binding is a variable that the template reads: the steps of its path, and what reads it.
type binding struct {
	steps []string
	read  func(*Values) any
}

// bindingsOf binds a custom field twice: as conditions and filters see it, and as it is printed.
func bindingsOf(paths []string) []binding {
	out := make([]binding, 0, len(paths))
	for _, p := range paths {
		out = append(out, binding{strings.Split(p, "."), reader(p)})
		if key, custom := strings.CutPrefix(p, customPath); custom {
			out = append(out, binding{strings.Split(printedPath+key, "."), func(v *Values) any { return printedCustom(v, key) }})
		}
	}
	return out
}

// bind holds the values under their paths, one map in the other. Parts are given copies of the outermost, since assign writes there.
func bind(bindings []binding, v *Values) map[string]any {
	root := make(map[string]any, 4)
	for _, b := range bindings {
		at, last := root, len(b.steps)-1
		for _, step := range b.steps[:last] {
			inner, ok := at[step].(map[string]any)
			if !ok {
				inner = make(map[string]any, 4)
				at[step] = inner
			}
			at = inner
		}
		at[b.steps[last]] = printable(b.read(v))
	}
	return root
}

// printable makes of an empty text or list nothing, so that default and if see it as missing.
func printable(v any) any {
	if customer.NoValue(v) {
		return nil
	}
	return v
}

var buffers = sync.Pool{New: func() any { return new(bounded) }}

// bounded refuses to grow beyond MaxOutput.
type bounded struct {
	bytes.Buffer
	full bool
}

func (b *bounded) Reset() {
	b.Buffer.Reset()
	b.full = false
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > MaxOutput {
		b.full = true
		return 0, ErrTooLarge
	}
	return b.Buffer.Write(p)
}

// WriteString is Write; without it the embedded buffer's would pass by the limit.
func (b *bounded) WriteString(s string) (int, error) {
	if b.Len()+len(s) > MaxOutput {
		b.full = true
		return 0, ErrTooLarge
	}
	return b.Buffer.WriteString(s)
}
