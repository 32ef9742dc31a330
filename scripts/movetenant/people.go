package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/dangol/dangol/shared/table"
	"github.com/dangol/dangol/shared/table/dynamo/raw"
)

// people copies the persons who are members of the workspace, each with the password and the item that makes the address unique. They are not the workspace's
// alone: who belongs to another one as well stays at the old stage too, and who came to the new one before is not written over by an older state.
func (m *move) people(ctx context.Context) error {
	all, err := m.members(ctx)
	if err != nil {
		return err
	}
	known := 0
	name := m.to.TableName(table.Identity)
	for _, it := range all {
		there, err := m.to.tables.PutNewer(ctx, name, it)
		if err != nil {
			return err
		}
		if there == nil || there.Equal(it) {
			continue
		}
		if err := samePerson(it, there); err != nil {
			return fmt.Errorf("at %s %w", m.to.Stage, err)
		}
		known++
	}
	m.say("copied people    %d items, %d left as they are at %s", len(all)-known, known, m.to.Stage)
	return nil
}

// samePerson refuses an address that somebody else has at the new stage.
func samePerson(it, there raw.Item) error {
	var here, other struct {
		ID string `json:"id"`
	}
	if err := it.Head(&here); err != nil {
		return err
	}
	if err := there.Head(&other); err != nil {
		return err
	}
	if here.ID != other.ID {
		return fmt.Errorf("another person, %s, has the address of %s: one of them must change it first", other.ID, here.ID)
	}
	return nil
}

// members reads the items of the workspace's people at the old stage.
func (m *move) members(ctx context.Context) (all []raw.Item, err error) {
	name := m.from.TableName(table.Identity)
	var people []string
	err = m.from.tables.Each(ctx, name, raw.Filter{{Attr: table.AttrSK, Begins: "mem#" + m.tenant}}, func(it raw.Item) error {
		if it.Key().SK == "mem#"+m.tenant && strings.HasPrefix(it.Key().PK, "u#") {
			people = append(people, it.Key().PK)
		}
		return nil
	})
	for _, pk := range people {
		if err != nil {
			break
		}
		var items []raw.Item
		items, err = m.person(ctx, name, pk)
		all = append(all, items...)
	}
	return all, err
}

func (m *move) person(ctx context.Context, name, pk string) (items []raw.Item, err error) {
	record, err := m.from.tables.Get(ctx, name, table.Key{PK: pk, SK: "usr"})
	if err != nil || record == nil {
		return nil, err
	}
	var who struct {
		Email string `json:"email"`
	}
	if err := record.Head(&who); err != nil {
		return nil, err
	}
	items = append(items, record)
	for _, k := range []table.Key{{PK: pk, SK: "pwd"}, {PK: "e#" + who.Email, SK: "e"}} {
		it, err := m.from.tables.Get(ctx, name, k)
		if err != nil {
			return nil, err
		}
		if it != nil {
			items = append(items, it)
		}
	}
	return items, nil
}
