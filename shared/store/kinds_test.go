package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

const aTenant = "wsp_01KJQ6PSG02X9YPKYC3QEKNM3P"

// writers are the functions that put items into crm and outreach, each with the end of a key that it makes and its kind. Whoever adds one says here what it
// writes, and so what the lake and whoever else follows the change feed is to make of it.
var writers = map[string]struct {
	table table.Name
	key   string // behind the tenant, then the sort key
	kind  store.Kind
}{
	"CreateCustomer":   {table.CRM, "cus#cus_1 cus", store.CustomerRecord},
	"saveCustomer":     {table.CRM, "cus#cus_1 cus", store.CustomerRecord},
	"movePhone":        {table.CRM, "cus#cus_1 phone", store.PhoneEntry},
	"Tell":             {table.CRM, "cus#cus_1 tl#2026-03-02T12:00:00.000Z#evt_1", store.TimelineEntry},
	"KeepConsent":      {table.CRM, "cus#cus_1 con#2026-03-02T12:00:00.000Z#con_1", store.ConsentRecord},
	"PutScore":         {table.CRM, "cus#cus_1 sc", store.PresentScore},
	"PutScoreCard":     {table.CRM, "score card#2026-03-02", store.ScoreCards},
	"PutStages":        {table.CRM, "score life#2026-03", store.StagesOfMonth},
	"PutSummary":       {table.CRM, "score latest", store.ScoreSummaries},
	"SaveMerge":        {table.CRM, "cus#cus_1 mrg#mrg_1", store.MergeRecord},
	"putOne":           {table.CRM, "cus#cus_1 cus", store.CustomerRecord},
	"mark":             {table.CRM, "cus#cus_1 con#2026-03-02T12:00:00.000Z#con_1", store.ConsentRecord},
	"copied":           {table.CRM, "cus#cus_1 tl#2026-03-02T12:00:00.000Z#evt_1", store.TimelineEntry},
	"order":            {table.CRM, "ord#ord_1 ord", store.OrderRecord},
	"CreateOrder":      {table.CRM, "ord#ord_1 ord", store.OrderRecord},
	"SaveOrder":        {table.CRM, "ord#ord_1 ord", store.OrderRecord},
	"CreateLead":       {table.CRM, "led#led_1 led", store.LeadRecord},
	"SaveLead":         {table.CRM, "led#led_1 led", store.LeadRecord},
	"CreateProduct":    {table.CRM, "prd#prd_1 prd", store.ProductRecord},
	"SaveProduct":      {table.CRM, "prd#prd_1 prd", store.ProductRecord},
	"CreateSegment":    {table.CRM, "seg#seg_1 seg", store.SegmentRecord},
	"SaveSegment":      {table.CRM, "seg#seg_1 seg", store.SegmentRecord},
	"CreateTemplate":   {table.CRM, "tpl#tpl_1 tpl", store.TemplateRecord},
	"CreateView":       {table.CRM, "viw#viw_1 viw", store.ViewRecord},
	"SaveView":         {table.CRM, "viw#viw_1 viw", store.ViewRecord},
	"SaveTemplate":     {table.CRM, "tpl#tpl_1 tpl", store.TemplateRecord},
	"CreateImport":     {table.CRM, "imp#imp_1 imp", store.ImportRecord},
	"SaveImport":       {table.CRM, "imp#imp_1 imp", store.ImportRecord},
	"Journal":          {table.CRM, "imp#imp_1#journal#0000001 0000001002", store.JournalEntry},
	"MarkUndone":       {table.CRM, "imp#imp_1#journal#0000001 0000001002", store.JournalEntry},
	"PutExport":        {table.CRM, "exp#exp_1 exp", store.ExportRecord},
	"CreateCampaign":   {table.CRM, "cmp#cmp_1 cmp", store.CampaignRecord},
	"SaveCampaign":     {table.CRM, "cmp#cmp_1 cmp", store.CampaignRecord},
	"SaveControl":      {table.CRM, "cmp#cmp_1 ctl", store.CampaignControl},
	"Complete":         {table.CRM, "cmp#cmp_1 ctl", store.CampaignControl},
	"SaveSnapshot":     {table.CRM, "cmp#cmp_1 snap", store.CampaignCopy},
	"NoteSendProgress": {table.CRM, "cmp#cmp_1 progress", store.CampaignNote},
	"CreateWorkspace":  {table.CRM, "wsp wsp", store.WorkspaceRecord},
	"SaveWorkspace":    {table.CRM, "wsp wsp", store.WorkspaceRecord},
	"SaveCustomFields": {table.CRM, "wsp fields", store.FieldSet},
	"AddLakeMark":      {table.CRM, "lake mark#evt_1", store.LakeMark},
	"moveClaims":       {table.CRM, "uq#cus.email#kim@x.kr uq", store.UniqueValue},
	"moveUnique":       {table.CRM, "uq#cus.email#kim@x.kr uq", store.UniqueValue},
	"Plan":             {table.Outreach, "cmp#cmp_1#000004 msg_1", store.MessageRow},
	"Move":             {table.Outreach, "cmp#cmp_1#000004 msg_1", store.MessageRow},
	"AskForChunk":      {table.Outreach, "cmp#cmp_1#tally 000004", store.ChunkTally},
	"Commit":           {table.Outreach, "cmp#cmp_1#tally 000004", store.ChunkTally},
	"Suppress":         {table.Outreach, "sup#email#kim@x.kr sup", store.SuppressedHere},
}

func TestEveryWriterSaysWhatItWrites(t *testing.T) {
	got, want := slices.Sorted(maps.Keys(writersOf(t))), slices.Sorted(maps.Keys(writers))
	for _, name := range got {
		if _, said := writers[name]; !said {
			t.Errorf("%s writes an item of a kind that the table above does not say", name)
		}
	}
	for _, name := range want {
		if !slices.Contains(got, name) {
			t.Errorf("%s writes nothing any more", name)
		}
	}
	written := map[store.Kind]bool{store.ScoreOfDay: true} // PutScore writes two
	for name, w := range writers {
		pk, sk, _ := strings.Cut(w.key, " ")
		tenant, kind, ok := store.KindOf(w.table, table.Key{PK: "t#" + aTenant + "#" + pk, SK: sk})
		if tenant != aTenant || kind != w.kind || !ok {
			t.Errorf("%s: %s is %q of %q, want %q", name, w.key, kind, tenant, w.kind)
		}
		written[kind] = true
	}
	for _, k := range store.Kinds() {
		if !written[k] {
			t.Errorf("nobody writes a %s", k)
		}
		delete(written, k)
	}
	if len(written) > 0 {
		t.Errorf("not in store.Kinds: %v", written)
	}
}

// writersOf finds the functions of this package that put or count items of crm and outreach.
func writersOf(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && writes(f) {
				found[f.Name.Name] = true
			}
		}
	}
	return found
}

func writes(f *ast.FuncDecl) (found bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			is, _ := n.Fun.(*ast.SelectorExpr)
			found = found || is != nil && len(n.Args) > 1 && slices.Contains([]string{"put", "create", "replace"}, is.Sel.Name) && followed(n.Args[0])
		case *ast.CompositeLit:
			members := map[string]ast.Expr{}
			for _, e := range n.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok {
					if name, ok := kv.Key.(*ast.Ident); ok {
						members[name.Name] = kv.Value
					}
				}
			}
			kind, _ := members["Kind"].(*ast.SelectorExpr)
			found = found || kind != nil && (kind.Sel.Name == "OpPut" || kind.Sel.Name == "OpAdd") && followed(members["Table"])
		}
		return true
	})
	return found
}

// followed says whether the table is one that the lake follows.
func followed(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && (s.Sel.Name == "CRM" || s.Sel.Name == "Outreach")
}

// TestEveryWrittenKeyHasAKind reads the writes of all operations from the table that TestUnits holds up to date.
func TestEveryWrittenKeyHasAKind(t *testing.T) {
	text, err := os.ReadFile(dataModel)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?:put|count) (crm|outreach) `([^`]+)` `([^`]+)`").FindAllStringSubmatch(string(text), -1)
	if len(found) < 50 {
		t.Fatalf("got %d writes in %s", len(found), dataModel)
	}
	for _, m := range found {
		pk := strings.Replace(m[2], "<tenant>", aTenant, 1)
		if tenant, _, ok := store.KindOf(table.Name(m[1]), table.Key{PK: pk, SK: m[3]}); tenant != aTenant || !ok {
			t.Errorf("%s %s %s has no kind", m[1], m[2], m[3])
		}
	}
	for name, k := range map[string]table.Key{
		"a calendar's date":   {PK: "due#scores#1", SK: "2026"},
		"a noun to come":      {PK: "t#" + aTenant + "#tic#tic_1", SK: "tic"},
		"more of an order":    {PK: "t#" + aTenant + "#ord#ord_1", SK: "x"},
		"more of a customer":  {PK: "t#" + aTenant + "#cus#cus_1", SK: "x#1"},
		"more of a campaign":  {PK: "t#" + aTenant + "#cmp#cmp_1", SK: "x"},
		"more of a workspace": {PK: "t#" + aTenant + "#wsp", SK: "x"},
		"more of the scores":  {PK: "t#" + aTenant + "#score", SK: "x"},
	} {
		if _, kind, ok := store.KindOf(table.CRM, k); ok {
			t.Errorf("%s is a %s", name, kind)
		}
	}
}
