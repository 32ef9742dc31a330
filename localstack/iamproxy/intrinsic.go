package iamproxy

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// resolve replaces each reference in a value of the template by what it stands for.
func (t *template) resolve(v any) (any, error) {
	switch x := v.(type) {
	case []any:
		return t.list(x)
	case map[string]any:
		if len(x) == 1 {
			for name, arg := range x {
				if name == "Ref" || strings.HasPrefix(name, "Fn::") {
					return t.call(name, arg)
				}
			}
		}
		return t.object(x)
	}
	return v, nil
}

func (t *template) list(in []any) (any, error) {
	out := make([]any, len(in))
	for i := range in {
		v, err := t.resolve(in[i])
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func (t *template) object(in map[string]any) (any, error) {
	out := make(map[string]any, len(in))
	for name := range in {
		v, err := t.resolve(in[name])
		if err != nil {
			return nil, err
		}
		out[name] = v
	}
	return out, nil
}

// call evaluates an intrinsic function. Those that choose by a condition of the deployment are refused: the policies would be one of several.
func (t *template) call(name string, arg any) (any, error) {
	switch name {
	case "Ref":
		return t.ref(fmt.Sprint(arg))
	case "Fn::GetAtt":
		return t.getAtt(arg)
	case "Fn::Join":
		return t.join(arg)
	case "Fn::Sub":
		return t.sub(arg)
	}
	return nil, fmt.Errorf("%s is not known to this package", name)
}

func (t *template) getAtt(arg any) (string, error) {
	if s, ok := arg.(string); ok {
		id, attribute, _ := strings.Cut(s, ".")
		return t.attribute(id, attribute)
	}
	if l, ok := arg.([]any); ok && len(l) == 2 {
		return t.attribute(fmt.Sprint(l[0]), fmt.Sprint(l[1]))
	}
	return "", fmt.Errorf("Fn::GetAtt of %v", arg)
}

func (t *template) join(arg any) (string, error) {
	l, ok := arg.([]any)
	if !ok || len(l) != 2 {
		return "", fmt.Errorf("Fn::Join of %v", arg)
	}
	v, err := t.resolve(l[1])
	if err != nil {
		return "", err
	}
	parts, ok := v.([]any)
	if !ok {
		return "", fmt.Errorf("Fn::Join of %v", arg)
	}
	texts := make([]string, len(parts))
	for i := range parts {
		if texts[i], ok = parts[i].(string); !ok {
			return "", fmt.Errorf("Fn::Join: %v is no text", parts[i])
		}
	}
	return strings.Join(texts, fmt.Sprint(l[0])), nil
}

// sub fills "${Name}" and "${Name.Attribute}". "${!x}" stands for a plain "${x}", by which a template writes IAM's own variables.
func (t *template) sub(arg any) (string, error) {
	text, ok := arg.(string)
	if !ok {
		return "", errors.New("Fn::Sub with a table of its own is not known to this package")
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "${")
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		name, after, _ := strings.Cut(rest, "}")
		v, err := t.named(name)
		if err != nil {
			return "", err
		}
		out.WriteString(v)
		text = after
	}
}

func (t *template) named(name string) (string, error) {
	if plain, ok := strings.CutPrefix(name, "!"); ok {
		return "${" + plain + "}", nil
	}
	if id, attribute, ok := strings.Cut(name, "."); ok {
		return t.attribute(id, attribute)
	}
	return t.ref(name)
}

// text resolves a value that must be text.
func (t *template) text(v any) (string, error) {
	r, err := t.resolve(v)
	if err != nil {
		return "", err
	}
	s, ok := r.(string)
	if !ok {
		return "", fmt.Errorf("%v is no text", r)
	}
	return s, nil
}

// into resolves a value and decodes it.
func (t *template) into(v, to any) error {
	r, err := t.resolve(v)
	if err != nil {
		return err
	}
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return strict(b, to)
}
