// Package scoring brings the facts of a tenant's lake to the models of value, and their scores back into the lake.
//
// DuckDB reads, joins and sends the ten million orders of a million customers as numbers (customer, time, amount); what a day, a refund or a second currency
// is stays where it is defined, in shared/crm. So the figures are the same, to the last digit, as those of a rule evaluated by hand, and faster than to have
// the days grouped in SQL: docs/benchmarks says by how much.
package scoring

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/lifecycle"
	"github.com/dangol/dangol/shared/crm/order"
	"github.com/dangol/dangol/shared/crm/score"
	"github.com/dangol/dangol/shared/lake/ask"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Question says which facts are wanted.
type Question struct {
	Until    time.Time       // the first moment that does not count
	Rules    lifecycle.Rules // of the workspace
	Wallet   Wallet
	Answered time.Time // openings and clicks before this moment say nothing any more
}

// Facts reads every customer who is not archived with all of their orders, responses, campaign costs, contacts and total spend up to then, by id. All is of one state of the lake.
func Facts(ctx context.Context, l ask.Lake, q Question) (facts []score.Input, err error) {
	spend, err := q.Wallet.amount(ctx, l)
	if err != nil {
		return nil, fmt.Errorf("find the column of total spend: %w", err)
	}
	err = ask.Read(ctx, l, func(s ask.State) error {
		if facts, err = people(ctx, s, q); err != nil {
			return fmt.Errorf("read customers: %w", err)
		}
		if err := sales(ctx, s, q, facts); err != nil {
			return fmt.Errorf("read orders: %w", err)
		}
		if err := answers(ctx, s, q, facts); err != nil {
			return fmt.Errorf("read responses: %w", err)
		}
		if err := costs(ctx, s, q, facts); err != nil {
			return fmt.Errorf("read costs of campaigns: %w", err)
		}
		if err := contacts(ctx, s, q, facts); err != nil {
			return fmt.Errorf("read contacts: %w", err)
		}
		if err := wallets(ctx, s, q.Wallet, spend, facts); err != nil {
			return fmt.Errorf("read total spend: %w", err)
		}
		return nil
	})
	return facts, err
}

// numbered numbers the customers in the order of their ids, as they stand in the facts: numbers are compared in a fraction of the time of texts.
const numbered = `SELECT id, CAST(row_number() OVER (ORDER BY id) - 1 AS INTEGER) AS n FROM customers WHERE "archivedAt" IS NULL`

func people(ctx context.Context, s ask.State, q Question) (facts []score.Input, err error) {
	err = s.Rows(ctx, sqltext.Statement{SQL: `SELECT count(*) FROM customers WHERE "archivedAt" IS NULL`}, func(row []any) error {
		facts = make([]score.Input, 0, whole(row[0])) // a million grow by copies of two hundred bytes each otherwise
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = s.Rows(ctx, peopleOf(q), func(row []any) error {
		var said lifecycle.Recorded
		said.ByHand, _ = row[1].(string)
		said.Tags = texts(row[2])
		said.Withdrew, _ = row[3].(bool)
		if at, dated := row[4].(time.Time); dated {
			said.Withdrawn = &at
		}
		id, _ := row[0].(string)
		facts = append(facts, score.Input{CustomerID: id, Person: said.Person(q.Rules)})
		return nil
	})
	return facts, err
}

// peopleOf asks for id, stage by hand, tags that may be among the rules', whether all consents are taken back, and when the last of them was.
func peopleOf(q Question) sqltext.Statement {
	var v sqltext.Values
	withdrew := withdrawn()
	sql := `SELECT id, "lifecycleStage", ` + forced(&v, q.Rules) + `, ` + withdrew + `, since FROM customers LEFT JOIN (
		SELECT "customerId", max("at") AS since FROM consents WHERE "customerId" IN (SELECT id FROM customers WHERE ` + withdrew + `) GROUP BY ALL) said ON "customerId" = id
		WHERE "archivedAt" IS NULL ORDER BY id`
	return sqltext.Statement{SQL: sql, Args: v.List()}
}

// forced are the tags of those who have one that folds like one of the rules': a few of a million.
func forced(v *sqltext.Values, r lifecycle.Rules) string {
	if len(r.ForcedTags) == 0 {
		return "NULL"
	}
	folded := make([]string, len(r.ForcedTags))
	for i, tag := range r.ForcedTags {
		folded[i] = sqltext.Fold("CAST(" + v.Bind(tag) + " AS VARCHAR)")
	}
	return "CASE WHEN list_has_any(" + sqltext.Ident(sqltext.Folded("tags")) + ", [" + strings.Join(folded, ", ") + "]) THEN tags END"
}

// withdrawn holds for who gave statements of consent and took back every one.
func withdrawn() string {
	var any, all []string
	for _, p := range consent.Purposes {
		for _, c := range consent.Channels {
			column := "coalesce(" + sqltext.Ident("consents."+consent.Slot(c, p)) + ", '')"
			any = append(any, column+" = '"+string(consent.Withdrawn)+"'")
			all = append(all, column+" IN ('', '"+string(consent.Withdrawn)+"')")
		}
	}
	return "((" + strings.Join(any, " OR ") + ") AND " + strings.Join(all, " AND ") + ")"
}

// texts reads a list as the engine or the port has it.
func texts(v any) (out []string) {
	if list, ok := v.([]string); ok {
		return list
	}
	list, _ := v.([]any)
	for _, one := range list {
		if text, ok := one.(string); ok {
			out = append(out, text)
		}
	}
	return out
}

// sold is an order on its way to its customer.
type sold struct {
	customer int32
	order.Sale
}

// pageLength is how many orders are kept together until all are there: a page that was read is given back while the next ones are.
const pageLength = 1 << 17

// sales gives every customer their orders.
func sales(ctx context.Context, s ask.State, q Question, facts []score.Input) error {
	codes, err := currencies(ctx, s)
	if err != nil {
		return err
	}
	for from := 0; from < len(facts); from += together {
		if err := salesOfSome(ctx, s, q, codes, from, facts[from:min(from+together, len(facts))]); err != nil {
			return err
		}
	}
	return nil
}

// currencies are those of the orders. Ten million orders name theirs by its number: a text of each would cost as much as all else that is read of it.
func currencies(ctx context.Context, s ask.State) (codes []order.Code, err error) {
	err = s.Rows(ctx, sqltext.Statement{SQL: `SELECT DISTINCT "total.currency" FROM orders WHERE "total.currency" IS NOT NULL ORDER BY 1`}, func(row []any) error {
		text, _ := row[0].(string)
		codes = append(codes, order.CodeOf(text))
		return nil
	})
	return codes, err
}

// together is of how many customers the orders are asked for at once: DuckDB keeps an answer until it is read.
const together = 250_000

// salesOfSome reads the orders of the customers from a number on.
func salesOfSome(ctx context.Context, s ask.State, q Question, codes []order.Code, from int, facts []score.Input) error {
	var pages [][]sold
	counts := make([]int32, len(facts))
	err := s.Rows(ctx, salesOf(q, codes, facts), func(row []any) error {
		n, ok := index(row[0], len(facts))
		if !ok {
			return fmt.Errorf("an order of customer %v of %d from %d on", row[0], len(facts), from)
		}
		if last := len(pages) - 1; last < 0 || len(pages[last]) == pageLength {
			pages = append(pages, make([]sold, 0, pageLength))
		}
		page := &pages[len(pages)-1]
		one := sold{int32(n), order.Sale{At: whole(row[1]), Units: whole(row[2])}}
		if c, known := index(row[3], len(codes)); known {
			one.Currency = codes[c]
		}
		*page = append(*page, one)
		counts[n]++
		return nil
	})
	if err != nil {
		return err
	}
	spread(pages, counts, facts)
	return nil
}

// spread puts the orders of customers into one piece of memory, one customer behind the other.
func spread(pages [][]sold, counts []int32, facts []score.Input) {
	var sum int
	for _, n := range counts {
		sum += int(n)
	}
	all := make([]order.Sale, sum)
	for i, n := range counts {
		if n > 0 {
			facts[i].Orders, all = all[:0:n], all[n:]
		}
	}
	for p, page := range pages {
		for _, one := range page {
			f := &facts[one.customer]
			f.Orders = append(f.Orders, one.Sale)
		}
		pages[p] = nil
	}
}

func codeOf(codes map[string]order.Code, v any) order.Code {
	text, _ := v.(string)
	code, known := codes[text]
	if !known {
		code = order.CodeOf(text)
		codes[text] = code
	}
	return code
}

// salesOf asks for the customer's number among these, when it was ordered in Unix milliseconds, the amount in ten-thousandths, and the number of the currency.
func salesOf(q Question, codes []order.Code, facts []score.Input) sqltext.Statement {
	var v sqltext.Values
	first, last := v.Bind(facts[0].CustomerID), v.Bind(facts[len(facts)-1].CustomerID)
	sql := `WITH who AS MATERIALIZED (` + numbered + ` AND id BETWEEN ` + first + ` AND ` + last + `)
		SELECT n, epoch_ms("orderedAt"), CAST("total.amount" * 10000 AS BIGINT), ` + numberOf(&v, codes) + ` FROM orders JOIN who ON who.id = "customerId"
		WHERE "customerId" BETWEEN ` + first + ` AND ` + last + ` AND "orderedAt" < ` + moment(&v, q.Until)
	return sqltext.Statement{SQL: sql, Args: v.List()}
}

// numberOf is the place of an order's currency among all, null for none.
func numberOf(v *sqltext.Values, codes []order.Code) string {
	if len(codes) == 0 {
		return "NULL"
	}
	sql := "CASE"
	for n, code := range codes {
		sql += ` WHEN "total.currency" = ` + v.Bind(code.String()) + " THEN " + strconv.Itoa(n)
	}
	return "CAST(" + sql + " END AS INTEGER)"
}

// answers gives every customer when they opened or clicked.
func answers(ctx context.Context, s ask.State, q Question, facts []score.Input) error {
	var v sqltext.Values
	sql := `WITH who AS MATERIALIZED (` + numbered + `) SELECT n, epoch_ms("at") FROM responses JOIN who ON who.id = "customerId" WHERE kind IN ('opened', 'clicked') AND "at" >= ` +
		moment(&v, q.Answered) + ` AND "at" < ` + moment(&v, q.Until)
	return s.Rows(ctx, sqltext.Statement{SQL: sql, Args: v.List()}, func(row []any) error {
		n, ok := index(row[0], len(facts))
		if !ok {
			return fmt.Errorf("a response of customer %v of %d", row[0], len(facts))
		}
		p := &facts[n].Person
		p.Responded = append(p.Responded, time.UnixMilli(whole(row[1])))
		return nil
	})
}

// moment writes a moment for a TIMESTAMP, in UTC.
func moment(v *sqltext.Values, t time.Time) string {
	return "CAST(" + v.Bind(t.UTC().Format("2006-01-02 15:04:05.000")) + " AS TIMESTAMP)"
}

func index(v any, n int) (int, bool) {
	i := whole(v)
	return int(i), v != nil && i >= 0 && i < int64(n)
}

// whole reads a whole number as the engine or the port has it.
func whole(v any) int64 {
	switch v := v.(type) {
	case int64:
		return v
	case int32:
		return int64(v)
	default:
		return 0
	}
}
