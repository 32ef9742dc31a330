package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"time"
)

// generator makes the same customers and orders for the same seed. Every row is a function of its number, so that nothing is held in memory.
type generator struct {
	seed  uint64
	today time.Time
}

func newGenerator(seed uint64) *generator {
	return &generator{seed: seed, today: time.Now().UTC().Truncate(24 * time.Hour)}
}

// The parts of names and places: two in three customers are Korean.
var (
	koreanFamilies = []string{"김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권", "황", "남궁"}
	koreanGiven    = []string{"서연", "민준", "지우", "도윤", "하은", "예준", "수아", "시우", "지안", "주원", "다은", "은우", "채원", "건우", "소율", "현"}
	englishGiven   = []string{"Olivia", "James", "Amara", "Noah", "Grace", "Liam", "Zoe", "Ethan", "Maya", "Oscar", "Priya", "Hugo"}
	englishFamily  = []string{"Smith", "O'Connor", "Nguyen", "García", "Müller", "Williams", "Okafor", "Brown", "van der Berg", "Lee"}
	regions        = []string{"서울", "부산", "대구", "인천", "광주", "대전", "울산", "경기", "강원", "제주"}
	productNames   = []string{"에티오피아 예가체프 200g", "콜롬비아 수프리모 1kg", "Drip bags, 10", "드립 포트 600ml", "Cold brew 500ml", "디카페인 블렌드 500g"}
	tagSets        = []string{"", "newsletter", "vip", "newsletter,wholesale"}
)

// of returns the source of randomness of row n of a file.
func (g *generator) of(file, n uint64) *rand.Rand { return rand.New(rand.NewPCG(g.seed<<8|file, n)) }

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

func name(r *rand.Rand) string {
	if r.IntN(3) > 0 {
		return pick(r, koreanFamilies) + pick(r, koreanGiven)
	}
	return pick(r, englishGiven) + " " + pick(r, englishFamily)
}

// customerMapping leads the columns of customersCSV to fields.
var customerMapping = map[string]string{"no": "externalId", "이름": "name", "이메일": "email", "휴대폰": "phone", "생일": "birthDate", "성별": "gender",
	"지역": "address.region", "tags": "tags", "수신동의": "consent.email.marketing"}

var customerColumns = []string{"no", "이름", "이메일", "휴대폰", "생일", "성별", "지역", "tags", "수신동의"}

func (g *generator) customerRow(n int) []string {
	r := g.of(1, uint64(n))
	born := g.today.AddDate(-18-r.IntN(60), 0, -r.IntN(365)).Format(time.DateOnly)
	return []string{customerNumber(n), name(r), fmt.Sprintf("customer%07d@example.com", n), fmt.Sprintf("010-%04d-%04d", 2000+r.IntN(3000), r.IntN(10000)),
		born, []string{"female", "male", ""}[r.IntN(3)], pick(r, regions), pick(r, tagSets), "yes"}
}

func customerNumber(n int) string { return fmt.Sprintf("C%07d", n) }

// customerJSON is the body of a create by API; n must not repeat within a workspace.
func (g *generator) customerJSON(n int64) []byte {
	r := g.of(2, uint64(n))
	return fmt.Appendf(nil, `{"kind":"consumer","externalId":"A%07d","name":%q,"email":"made%07d@example.com","phone":"010-%04d-%04d","address":{"region":%q},"tags":["bench"]}`,
		n, name(r), n, 2000+r.IntN(3000), r.IntN(10000), pick(r, regions))
}

var orderMapping = map[string]string{"order": "externalId", "customer": "customerExternalId", "date": "orderedAt", "product": "productName",
	"quantity": "quantity", "price": "unitPrice", "currency": "currency"}

var orderColumns = []string{"order", "customer", "date", "product", "quantity", "price", "currency"}

// orderRow spreads orders over two years and unevenly over customers: a few buy often, as in any shop.
func (g *generator) orderRow(n, customers int) []string {
	r := g.of(3, uint64(n))
	buyer := int(float64(customers) * r.Float64() * r.Float64())
	at := g.today.Add(-time.Duration(1+r.IntN(730*24*60)) * time.Minute)
	return []string{fmt.Sprintf("O%08d", n), customerNumber(buyer), at.Format(time.RFC3339), pick(r, productNames),
		strconv.Itoa(1 + r.IntN(3)), strconv.Itoa(1000 * (5 + r.IntN(45))), "KRW"}
}

func (g *generator) customersCSV(n int) file {
	return file{name: "customers.csv", mapping: customerMapping, write: func(w io.Writer) error { return writeCSV(w, customerColumns, n, g.customerRow) }}
}

func (g *generator) ordersCSV(n, customers int) file {
	return file{name: "orders.csv", mapping: orderMapping, write: func(w io.Writer) error {
		return writeCSV(w, orderColumns, n, func(i int) []string { return g.orderRow(i, customers) })
	}}
}

func writeCSV(w io.Writer, header []string, n int, row func(int) []string) error {
	c := csv.NewWriter(w)
	if err := c.Write(header); err != nil {
		return err
	}
	for i := range n {
		if err := c.Write(row(i)); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
