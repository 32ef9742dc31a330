package api

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
)

// encoder writes an output as it will be sent: the headers that a stored reply keeps, and the body.
type encoder func(out any) (map[string]string, []byte, error)

// encoderOf works out once where O keeps its headers and its body.
func encoderOf[O any]() encoder {
	t := reflect.TypeFor[O]()
	headers := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		if name := f.Tag.Get("header"); slices.Contains(keptHeaders(), name) && f.Type.Kind() == reflect.String {
			headers[name] = f.Index
		}
	}
	body, hasBody := t.FieldByName("Body")
	return func(out any) (map[string]string, []byte, error) {
		o, ok := out.(*O)
		if !ok {
			return nil, nil, fmt.Errorf("Commit was given a %T, the operation answers with a %T", out, o)
		}
		v := reflect.ValueOf(o).Elem()
		kept := keptHeader(func(name string) string {
			if index, ok := headers[name]; ok {
				return v.FieldByIndex(index).String()
			}
			return ""
		})
		if !hasBody {
			return kept, nil, nil
		}
		var b bytes.Buffer
		err := encodeJSON(&b, v.FieldByIndex(body.Index).Interface())
		return kept, b.Bytes(), err
	}
}
