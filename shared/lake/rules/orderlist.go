package rules

import (
	"strings"

	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// OrderList is a page of the orders that meet a rule of segment.FromOrderFilter and are found by a text. Orders of archived customers are orders too.
type OrderList struct {
	Rule   segment.Rule
	Search string // words, all of which must be found: in the order's number or in who placed it
	Sort   []Sort // by fields of orders or of who placed them; then by id, in the direction of the first
	Limit  int
	After  *Place
	// Alone keeps a search to the order's number: who may not read customers must not find out about them.
	Alone bool
}

// Statement answers as that of List does, with orders for customers.
func (l OrderList) Statement(w World) (sqltext.Statement, error) {
	c, list := newCompiler(w), List{Sort: l.Sort, Limit: l.Limit, After: l.After}
	o := orderCompiler{compiler: c}
	condition := o.rule(l.Rule) + o.searches(l.Search, l.Alone)
	keys := list.keysBy(c, o.sortable)
	everything := condition == "true"
	c.with = append(c.with, "found AS "+materialized(!everything)+" (SELECT o.id AS id"+named(keys)+" FROM "+o.from()+" WHERE "+condition+")", list.page(c, keys))
	total := "SELECT count(*) AS total FROM found"
	if everything {
		total = "SELECT count(*) AS total FROM orders"
	}
	return list.paged(c, keys, total), c.err
}

// OrderGroups counts the orders that meet a rule and are found by a text, by a field: as Groups counts customers.
type OrderGroups struct {
	Rule   segment.Rule
	Search string
	Alone  bool
	By     string
	Limit  int
}

// Statement answers as that of Groups does; what a group is worth is the sum of its orders in the workspace's currency.
func (g OrderGroups) Statement(w World) (sqltext.Statement, error) {
	c := newCompiler(w)
	o := orderCompiler{compiler: c}
	condition := o.rule(g.Rule) + o.searches(g.Search, g.Alone)
	by := o.groupable(g.By)
	if by.key == "" {
		return sqltext.Statement{}, unknownField(g.By)
	}
	worth := "CASE WHEN " + ordered(currency("total")) + " = " + c.Bind(w.Currency) + " THEN " + ordered(amount("total")) + " END"
	c.with = append(c.with, "found AS MATERIALIZED (SELECT "+by.key+" AS same, "+by.label+" AS label, "+worth+" AS worth FROM "+o.from()+" WHERE "+condition+")")
	return c.grouped(by, g.Limit), c.err
}

// OrdersSortable says whether lists of orders can be sorted by a field.
func (w World) OrdersSortable(path string) bool {
	value, _ := (&orderCompiler{compiler: newCompiler(w)}).sortable(path)
	return value != ""
}

// OrdersGroupable says whether orders can be counted by a field.
func (w World) OrdersGroupable(path string) bool {
	return (&orderCompiler{compiler: newCompiler(w)}).groupable(path).key != ""
}

// orderCompiler writes a statement about the order o. Who placed it is joined as c, with their score s, where something is sorted or counted by them.
type orderCompiler struct {
	*compiler
	joined bool
}

func (o *orderCompiler) rule(r segment.Rule) string {
	switch n := r.Node.(type) {
	case segment.All:
		return joined(n, o.rule, " AND ", "true")
	case segment.Any:
		return joined(n, o.rule, " OR ", "false")
	case segment.Not:
		return isNot(o.rule(n.Rule))
	case segment.Field:
		if strings.HasPrefix(n.Path, "order.") {
			return o.orderField(n)
		}
	}
	return placedBy(o.members(r))
}

// placedBy is true for the orders of those whose ids are selected.
func placedBy(ids string) string { return `o."customerId" IN (` + ids + ")" }

func (o *orderCompiler) searches(text string, alone bool) (conditions string) {
	for _, word := range strings.Fields(text) {
		found := "contains(" + sqltext.Fold(ordered("externalId")) + ", " + o.Bind(segment.Fold(word)) + ")"
		if !alone {
			found += " OR " + placedBy("SELECT c.id FROM customers c WHERE "+o.search(word))
		}
		conditions += " AND (" + found + ")"
	}
	return conditions
}

func (o *orderCompiler) from() string {
	from := "orders o"
	if o.joined {
		from += ` LEFT JOIN customers c ON c.id = o."customerId"`
	}
	if o.scores {
		from += ` LEFT JOIN scores s ON s."customerId" = o."customerId"`
	}
	return from
}

func (o *orderCompiler) sortable(path string) (value, kind string) {
	if !strings.HasPrefix(path, "order.") {
		value, kind = o.compiler.sortable(path)
		o.joined = o.joined || value != ""
		return value, kind
	}
	f, _ := segment.ListedFieldAt(path)
	switch column := orderColumn(f.Path); f.Type {
	case segment.Text:
		return "nullif(" + orderText(f.Path) + ", '')", "VARCHAR"
	case segment.Money:
		return ordered(amount("total")), "DECIMAL(38, 4)"
	case segment.Date:
		return column, "TIMESTAMP"
	default:
		return "", ""
	}
}

func (o *orderCompiler) groupable(path string) grouping {
	if !strings.HasPrefix(path, "order.") {
		by := o.compiler.groupable(path)
		o.joined = o.joined || by.key != ""
		return by
	}
	f, _ := segment.ListedFieldAt(path)
	switch column := orderColumn(f.Path); f.Type {
	case segment.Text:
		return grouping{key: "nullif(" + orderText(f.Path) + ", '')", label: "nullif(" + column + ", '')"}
	case segment.Date:
		return alike(o.monthOf(column))
	case segment.Tags:
		named := "list_filter(" + ordered("products") + ", lambda p: NOT starts_with(p, 'prd_'))" // ids stand beside the names
		return grouping{sqltext.FoldAll(named), named, true}
	default:
		return grouping{}
	}
}

// orderText is a text of an order as it is compared: ids as they are.
func orderText(path string) string {
	if path == "order.channel" || path == "order.externalId" {
		return sqltext.Fold(orderColumn(path))
	}
	return orderColumn(path)
}
