package store

import (
	"bytes"
	"encoding/json"
	"sort"

	"github.com/dangol/dangol/shared/crm/timeline"
)

// Changes compares two values of one type by their JSON members and returns those that differ, before and after; nil stands for absent.
func Changes(was, is any) map[string]timeline.Change {
	before, after := members(was), members(is)
	out := map[string]timeline.Change{}
	for name, v := range before {
		if !bytes.Equal(v, after[name]) {
			out[name] = timeline.Change{From: v, To: orNil(after[name])}
		}
	}
	for name, v := range after {
		if _, ok := before[name]; !ok {
			out[name] = timeline.Change{To: v}
		}
	}
	return out
}

func members(v any) map[string]json.RawMessage {
	m := map[string]json.RawMessage{}
	if err := json.Unmarshal(encode(v), &m); err != nil {
		return nil
	}
	return m
}

func fieldNames(changes map[string]timeline.Change) []string {
	names := make([]string, 0, len(changes))
	for n := range changes {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

// orNil keeps an absent member from becoming invalid JSON.
func orNil(v json.RawMessage) any {
	if v == nil {
		return nil
	}
	return v
}
