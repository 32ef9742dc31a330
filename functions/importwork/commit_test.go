package importwork_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/imports"
	"github.com/dangol/dangol/shared/crm/job"
)

const succeeded1 = "succeeded: read 1 = created 1 + updated 0 + skipped 0 + failed 0"

// Beside what each file does, the check must have foreseen it, and a neighbour with the same customers and the same file gets the same.
func TestAFileOfCustomersComesIn(t *testing.T) {
	d := open(t)
	for name, c := range map[string]struct {
		there  []customer.Fields
		file   string
		books  string
		failed []string
		people []string
	}{
		"a new customer": {
			file:   "id,name,email,phone\nA,김단골,Kim@Shop.kr,010-1234-5678\n",
			books:  succeeded1,
			people: []string{"A|김단골|kim@shop.kr|+821012345678||imported"},
		},
		"someone known by externalId is changed in what the file says": {
			there:  []customer.Fields{{ExternalID: "A", Name: "김단골", Phone: "010-1234-5678"}},
			file:   "id,name,email,phone\nA,김단골님,kim@shop.kr,\n",
			books:  "succeeded: read 1 = created 0 + updated 1 + skipped 0 + failed 0",
			people: []string{"A|김단골님|kim@shop.kr|+821012345678||profileChanged profileCreated"},
		},
		"someone known by e-mail is changed when the row has no externalId": {
			there:  []customer.Fields{{Name: "김단골", Email: "kim@shop.kr"}},
			file:   "id,name,email\n,김둘째,KIM@shop.kr\n",
			books:  "succeeded: read 1 = created 0 + updated 1 + skipped 0 + failed 0",
			people: []string{"|김둘째|kim@shop.kr|||profileChanged profileCreated"},
		},
		"what is there already is skipped": {
			there:  []customer.Fields{{ExternalID: "A", Name: "김단골"}},
			file:   "id,name\nA,김단골\n",
			books:  "succeeded: read 1 = created 0 + updated 0 + skipped 1 + failed 0",
			people: []string{"A|김단골||||profileCreated"},
		},
		"consents by column, in the words that people use": {
			there:  []customer.Fields{{ExternalID: "A", Name: "김단골"}},
			file:   "id,name,email opt in,sms opt in\nA,김단골,Y,N\nB,이새벽,동의,\nC,박셋,,거부\n",
			books:  "succeeded: read 3 = created 2 + updated 1 + skipped 0 + failed 0",
			people: []string{"A|김단골|||email.marketing=granted sms.marketing=withdrawn|consent consent profileCreated", "B|이새벽|||email.marketing=granted|consent imported", "C|박셋|||sms.marketing=withdrawn|consent imported"},
		},
		"every outcome in one file": {
			there:  []customer.Fields{{ExternalID: "A", Name: "김단골"}, {ExternalID: "B", Name: "이새벽"}},
			file:   "id,name,email,birthday\nA,김단골,,\nB,이새벽님,,\nC,박셋,bak@shop.kr,1988-02-29\nD,최넷,choi@,\nE,정다섯,,1988-02-30\n",
			books:  "partlyFailed: read 5 = created 1 + updated 1 + skipped 1 + failed 2",
			failed: []string{"4 email_invalid", "5 date_invalid"},
			people: []string{"A|김단골||||profileCreated", "B|이새벽님||||profileChanged profileCreated", "C|박셋|bak@shop.kr|||imported"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, who := range []string{"a workspace", "its neighbour"} {
				d := d.in(t)
				for _, f := range c.there {
					d.add(f)
				}
				before := d.people()
				importID := d.upload(imports.Customers, c.file)
				checked := d.run(importID, job.ImportCheck)
				same(t, who+": people after the check", d.people(), before)
				same(t, who+": failed rows of the check", d.failed(checked, imports.CheckedParts), c.failed)
				foreseen := strings.TrimPrefix(d.books(checked), "ready: ")
				im := d.run(importID, job.ImportCommit)
				if got := d.books(im); got != c.books || foreseen != got[strings.Index(got, "read"):] {
					t.Errorf("%s: got %s, foreseen %s; want %s", who, got, foreseen, c.books)
				}
				same(t, who+": failed rows", d.failed(im, imports.FailedParts), c.failed)
				same(t, who+": people", d.people(), c.people)
			}
		})
	}
}

// in is a fresh workspace of the same place, for one subtest.
func (d *desk) in(t testing.TB) *desk {
	t.Helper()
	n := *d
	n.TB = t
	return n.neighbour()
}

// What only other rows of the file, or other customers' e-mails, decide.
func TestRowsThatMeetOneAnother(t *testing.T) {
	d := open(t)
	for name, c := range map[string]struct {
		there  []customer.Fields
		file   string
		books  string
		failed []string
		people []string
	}{
		"two rows about one customer are brought in one after the other": {
			file:   "id,name,phone\nA,김단골,010-1111-1111\nA,김단골님,\n",
			books:  "succeeded: read 2 = created 1 + updated 1 + skipped 0 + failed 0",
			people: []string{"A|김단골님||+821011111111||imported profileChanged"},
		},
		"the second of two equal rows changes nothing": {
			file:   "id,name\nA,김단골\nA,김단골\n",
			books:  "succeeded: read 2 = created 1 + updated 0 + skipped 1 + failed 0",
			people: []string{"A|김단골||||imported"},
		},
		"an e-mail that another customer has is a failed row": {
			there:  []customer.Fields{{ExternalID: "A", Name: "김단골", Email: "kim@shop.kr"}},
			file:   "id,name,email\nB,이새벽,kim@shop.kr\nC,박셋,bak@shop.kr\n",
			books:  "partlyFailed: read 2 = created 1 + updated 0 + skipped 0 + failed 1",
			failed: []string{"1 email_taken"},
			people: []string{"A|김단골|kim@shop.kr|||profileCreated", "C|박셋|bak@shop.kr|||imported"},
		},
		"a change to an e-mail that another customer has is one too": {
			there:  []customer.Fields{{ExternalID: "A", Name: "김단골", Email: "kim@shop.kr"}, {ExternalID: "B", Name: "이새벽", Email: "lee@shop.kr"}},
			file:   "id,name,email\nB,이새벽님,kim@shop.kr\n",
			books:  "partlyFailed: read 1 = created 0 + updated 0 + skipped 0 + failed 1",
			failed: []string{"1 email_taken"},
			people: []string{"A|김단골|kim@shop.kr|||profileCreated", "B|이새벽|lee@shop.kr|||profileCreated"},
		},
		"rows without any key are customers of their own": {
			file:   "name,phone\n김단골,010-1111-1111\n김단골,010-1111-1111\n",
			books:  "succeeded: read 2 = created 2 + updated 0 + skipped 0 + failed 0",
			people: []string{"|김단골||+821011111111||imported", "|김단골||+821011111111||imported"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := d.in(t)
			for _, f := range c.there {
				d.add(f)
			}
			im := d.bring(imports.Customers, c.file)
			if got := d.books(im); got != c.books {
				t.Errorf("got %s, want %s", got, c.books)
			}
			same(t, "failed rows", d.failed(im, imports.FailedParts), c.failed)
			same(t, "people", d.people(), c.people)
		})
	}
}

func TestACheckAfterMendingTheMappingForgetsTheOldProblems(t *testing.T) {
	d := open(t)
	importID := d.upload(imports.Customers, "id,name,birthday\nA,김단골,언젠가\n")
	im := d.run(importID, job.ImportCheck)
	same(t, "failed rows", d.failed(im, imports.CheckedParts), []string{"1 date_invalid"})
	im.Mapping = map[string]string{"id": "externalId", "name": "name", "birthday": "custom.birthday"}
	d.must(im.Move(imports.Mapping))
	tx := d.Begin()
	tx.SaveImport(im)
	d.must(tx.Commit(t.Context()))
	im = d.run(importID, job.ImportCheck)
	if got, want := d.books(im), "ready: read 1 = created 1 + updated 0 + skipped 0 + failed 0"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	same(t, "failed rows", d.failed(im, imports.CheckedParts), nil)
}

func TestLeadsComeInOneForEveryRow(t *testing.T) {
	d := open(t)
	im := d.bring(imports.Leads, "name,email,source\n한나라,han@shop.kr,박람회\n한나라,han@shop.kr,\n,,박람회\n")
	if got, want := d.books(im), "partlyFailed: read 3 = created 2 + updated 0 + skipped 0 + failed 1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	same(t, "failed rows", d.failed(im, imports.FailedParts), []string{"3 lead_unidentified"})
	same(t, "leads", d.leads(), []string{"한나라 han@shop.kr file.csv", "한나라 han@shop.kr 박람회"})
	if im = d.run(im.ID, job.ImportUndo); im.Undo.Removed != 2 || im.Undo.Kept != 0 {
		t.Errorf("got undo %+v, want 2 removed", im.Undo)
	}
	same(t, "leads after the undo", d.leads(), nil)
}

func (d *desk) leads() (lines []string) {
	d.Helper()
	all, _, err := d.Leads(d.Context(), allOf)
	d.must(err)
	for _, l := range all {
		lines = append(lines, strings.Join([]string{l.Name, l.Email, l.Source}, " "))
	}
	slices.Sort(lines)
	return lines
}
