package timeline

import (
	"encoding/json"

	"github.com/dangol/dangol/shared/crm/plainjson"
)

// Read returns the entry that was stored as text: what encoding/json reads of it, several times as fast where the text is in the form that encoding/json writes.
func Read(text []byte) (Entry, error) {
	r := plainjson.Of(text)
	if e := read(r); r.Done() {
		return e, nil
	}
	var e Entry
	err := json.Unmarshal(text, &e)
	return e, err
}

func read(r *plainjson.Reader) (e Entry) {
	r.Skip(`{"id":`)
	e.ID = r.String()
	r.Skip(`,"type":`)
	e.Type = typeOf(r.Quoted())
	r.Skip(`,"at":`)
	e.At = r.Time()
	e.Actor = r.Optional(`,"actor":`)
	if r.Has(`,"data":{`) {
		e.Data = map[string]any{}
		r.Members(func(name []byte) { e.Data[string(name)] = r.Any() })
	}
	r.Skip(`}`)
	return e
}

// typeOf keeps the types that there are in memory once.
func typeOf(text []byte) Type {
	for _, t := range Types {
		if string(t) == string(text) {
			return t
		}
	}
	return Type(text)
}
