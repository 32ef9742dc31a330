package importwork_test

import (
	"fmt"
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/timeline"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
)

var allOf = store.Page{Limit: 200}

// told is left out where only the records matter: an undo tells the timeline what it did.
func records(lines []string) (out []string) {
	for _, l := range lines {
		for i := len(l) - 1; i >= 0; i-- {
			if l[i] == '|' {
				out = append(out, l[:i])
				break
			}
		}
	}
	return out
}

func TestAnUndoGivesBackWhatWasThere(t *testing.T) {
	d := open(t)
	for name, c := range map[string]struct {
		there []customer.Fields
		file  string
		since func(d *desk)
		undo  imports.UndoCounts
		left  []string // records after the undo
	}{
		"customers that it created are removed": {
			file: "id,name,email,email opt in\nA,김단골,kim@shop.kr,Y\nB,이새벽,,N\n",
			undo: imports.UndoCounts{Removed: 2},
		},
		"customers that it changed are as before": {
			there: []customer.Fields{{ExternalID: "A", Name: "김단골", Email: "kim@shop.kr"}},
			file:  "id,name,email,email opt in\nA,김단골님,new@shop.kr,Y\n",
			undo:  imports.UndoCounts{Restored: 1},
			left:  []string{"A|김단골|kim@shop.kr||"},
		},
		"a customer of two rows that it created is removed": {
			file: "id,name\nA,김단골\nA,김단골님\n",
			undo: imports.UndoCounts{Removed: 1, Restored: 1},
		},
		"a customer of two rows that was there is as before": {
			there: []customer.Fields{{ExternalID: "A", Name: "김단골"}},
			file:  "id,name\nA,김단골님\nA,단골손님\n",
			undo:  imports.UndoCounts{Restored: 2},
			left:  []string{"A|김단골|||"},
		},
		"a customer whom someone changed since is kept": {
			file:  "id,name\nA,김단골\nB,이새벽\n",
			since: func(d *desk) { d.change("A", func(c *customer.Customer) { c.Name = "김단골님" }) },
			undo:  imports.UndoCounts{Removed: 1, Kept: 1},
			left:  []string{"A|김단골님|||"},
		},
		"a change over a change since is kept": {
			there: []customer.Fields{{ExternalID: "A", Name: "김단골"}},
			file:  "id,name\nA,김단골님\n",
			since: func(d *desk) { d.change("A", func(c *customer.Customer) { c.Phone = "+821011111111" }) },
			undo:  imports.UndoCounts{Kept: 1},
			left:  []string{"A|김단골님||+821011111111|"},
		},
		"a customer about whom there is a note since is kept": {
			file: "id,name\nA,김단골\n",
			since: func(d *desk) {
				holder, err := d.CustomerIDBy(d.Context(), store.LabelExternalID, "A")
				d.must(err)
				tx := d.Begin()
				tx.Tell(holder, timeline.Entry{ID: d.NewID(id.Note), Type: timeline.Noted, At: d.Now(), Data: map[string]any{"text": "전화함"}})
				d.must(tx.Commit(d.Context()))
			},
			undo: imports.UndoCounts{Kept: 1},
			left: []string{"A|김단골|||"},
		},
		"a change is kept when its former e-mail is another's by now": {
			there: []customer.Fields{{ExternalID: "A", Name: "김단골", Email: "kim@shop.kr"}},
			file:  "id,name,email\nA,김단골,new@shop.kr\n",
			since: func(d *desk) { d.add(customer.Fields{ExternalID: "B", Name: "이새벽", Email: "kim@shop.kr"}) },
			undo:  imports.UndoCounts{Kept: 1},
			left:  []string{"A|김단골|new@shop.kr||", "B|이새벽|kim@shop.kr||"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := d.in(t)
			for _, f := range c.there {
				d.add(f)
			}
			im := d.bring(imports.Customers, c.file)
			if c.since != nil {
				c.since(d)
			}
			if im = d.run(im.ID, job.ImportUndo); im.Status != imports.Undone || *im.Undo != c.undo {
				t.Errorf("got %s with %+v, want %+v", im.Status, *im.Undo, c.undo)
			}
			same(t, "records", records(d.people()), c.left)
		})
	}
}

func TestWhatAnUndoRemovedIsFreeAgain(t *testing.T) {
	d := open(t)
	file := "id,name,email,phone\nA,김단골,kim@shop.kr,010-1111-1111\n"
	im := d.bring(imports.Customers, file)
	d.run(im.ID, job.ImportUndo)
	for label, value := range map[string]string{store.LabelEmail: "kim@shop.kr", store.LabelExternalID: "A"} {
		if holder, err := d.CustomerIDBy(t.Context(), label, value); err != nil || holder != "" {
			t.Errorf("%s: got holder %q, %v, want nobody", label, holder, err)
		}
	}
	if found, _, err := d.FindCustomers(t.Context(), store.ByPhone, "8210", allOf); err != nil || len(found) != 0 {
		t.Errorf("by phone: got %d, %v, want nobody", len(found), err)
	}
	if got := d.books(d.bring(imports.Customers, file)); got != succeeded1 {
		t.Errorf("the same file again: got %s, want %s", got, succeeded1)
	}
}

// The later import first, then the earlier: each finds the records as it left them.
func TestImportsAreUndoneOneAfterTheOther(t *testing.T) {
	d := open(t)
	d.add(customer.Fields{ExternalID: "0", Name: "처음부터"})
	start := records(d.people())
	a := d.bring(imports.Customers, "id,name,phone\n0,처음 손님,010-1111-1111\n1,김하나,\n")
	between := records(d.people())
	b := d.bring(imports.Customers, "id,name\n0,오랜 손님\n1,김하나님\n2,이둘\n")
	if b = d.run(b.ID, job.ImportUndo); *b.Undo != (imports.UndoCounts{Removed: 1, Restored: 2}) {
		t.Errorf("undo of the later: got %+v", *b.Undo)
	}
	same(t, "after the undo of the later", records(d.people()), between)
	if a = d.run(a.ID, job.ImportUndo); *a.Undo != (imports.UndoCounts{Removed: 1, Restored: 1}) {
		t.Errorf("undo of the earlier: got %+v", *a.Undo)
	}
	same(t, "after the undo of both", records(d.people()), start)
}

// The other way round nothing of the later import is lost: its records are no longer as the earlier one left them.
func TestAnEarlierImportLeavesWhatALaterOneChanged(t *testing.T) {
	d := open(t)
	a := d.bring(imports.Customers, "id,name\n1,김하나\n2,이둘\n")
	d.bring(imports.Customers, "id,name\n1,김하나님\n")
	if a = d.run(a.ID, job.ImportUndo); *a.Undo != (imports.UndoCounts{Removed: 1, Kept: 1}) {
		t.Errorf("got %+v, want one removed and one kept", *a.Undo)
	}
	same(t, "records", records(d.people()), []string{"1|김하나님|||"})
}

func TestAnUndoStaysInItsWorkspace(t *testing.T) {
	d := open(t)
	n := d.neighbour()
	var ims []*imports.Import
	for _, who := range []*desk{d, n} {
		ims = append(ims, who.bring(imports.Customers, "id,name,email\nA,김단골,kim@shop.kr\n"))
	}
	d.run(ims[0].ID, job.ImportUndo)
	same(t, "the workspace", d.people(), nil)
	same(t, "its neighbour", n.people(), []string{"A|김단골|kim@shop.kr|||imported"})
	if got := fmt.Sprint(n.books(n.read(ims[1].ID))); got != succeeded1 {
		t.Errorf("the neighbour's import: got %s", got)
	}
}
