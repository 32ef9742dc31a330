package dictionary

import "slices"

const orderRecord source = "order record"

func orders() Subject {
	s := orderRecord
	return Subject{Name: "orders", Meaning: Meaning{"주문과 환불", "Orders, and refunds with a negative total"}, Partitioned: true, By: "orderedAt", Sort: []string{"customerId", "id"},
		Fields: slices.Concat([]Field{
			s.text("externalId", "다른 시스템의 주문번호", "Order number in another system"),
			s.customerID(),
			s.moment("orderedAt", "주문한 시각", "When it was ordered"),
			s.money("total", "고객이 낸 금액, 환불은 음수", "What the customer paid; negative for a refund"),
			s.list("products", "주문한 상품의 이름과 ID", "Names and ids of the products of its lines"),
			s.text("channel", "주문한 곳", "Where it was ordered"),
			s.campaignID(),
		}, s.origin(), []Field{
			s.yesNo("sample", "예제 데이터인지", "Whether it is of the removable sample data"),
			s.moment("createdAt", "Dangol에 적은 시각", "When Dangol first had it"),
		})}
}

func orderLines() Subject {
	s := orderRecord
	return Subject{Name: "orderLines", Meaning: Meaning{"주문의 줄. ID는 주문 ID와 줄 번호예요", "Lines of orders; the id is the order's with the number of the line"},
		Partitioned: true, By: "orderedAt", Sort: []string{"customerId", "id"}, Fields: []Field{
			s.text("orderId", "주문 ID", "Id of the order"),
			s.customerID(),
			s.moment("orderedAt", "주문한 시각", "When it was ordered"),
			s.count("line", "1 is the first", "줄 번호", "Number of the line"),
			s.text("productId", "상품 ID", "Id of the product"),
			s.text("name", "상품 이름", "Name of the product, as ordered"),
			s.number("quantity", "pieces, or what the product is sold by", "수량, 반품은 음수", "Quantity; negative for a return"),
			s.money("unitPrice", "단가", "Price of one"),
		}}
}
