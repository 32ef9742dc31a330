package demo

// language is everything of the sample data that is said in words.
type language struct {
	families, givens []string
	name             func(family, given string) string
	city             string
	districts        []string
	goods            []string // in the order of goods
	categories       []string
	habits           map[string]string
	segments         []named // in the order of rules
	wording          string
	ideas            []Idea
}

type named struct{ name, why string }

func languageOf(code string) language {
	if code == "ko" {
		return korean
	}
	return english
}

var korean = language{
	families: []string{"김", "이", "박", "최", "정", "강", "조", "윤", "장", "임"},
	givens: []string{"민서", "준호", "서연", "도윤", "지우", "현우", "하은", "태현", "유진", "성민", "수아", "재원", "은지", "동현", "소영",
		"지훈", "예린", "승우", "나연"},
	name:       func(family, given string) string { return family + given },
	city:       "서울",
	districts:  []string{"마포구", "성동구", "용산구", "종로구", "강남구", "송파구", "서대문구", "은평구", "영등포구", "관악구"},
	goods:      []string{"남산 블렌드 200g", "에티오피아 예가체프 200g", "콜롬비아 디카페인 200g", "콜드브루 1L", "드립백 10개입", "핸드드립 클래스"},
	categories: []string{"원두", "음료·간편", "클래스"},
	habits: map[string]string{"regular": "단골", "monthly": "한 달에 한 번", "subscriber": "원두 구독", "occasional": "가끔 방문", "lapsed": "뜸해진 손님",
		"new": "새 손님"},
	segments: []named{
		{"요즘 자주 오는 손님", "최근 90일 동안 세 번 넘게 산 손님이에요."},
		{"다시 모시고 싶은 손님", "두 번 넘게 샀지만 넉 달째 소식이 없는 손님이에요."},
	},
	wording: "새 원두와 이벤트 소식을 받을게요.",
	ideas: []Idea{
		{"이달의 원두", "{{ customer.name }}님, 이번 달에 볶은 원두예요",
			"{{ customer.name }}님, 안녕하세요.\n\n이번 달에는 남산 블렌드를 새로 볶았어요. 볶은 지 사흘 안에 보내 드려요.\n\n{{ workspace.company }} 드림"},
		{"오랜만이에요", "{{ customer.name }}님, 커피 한 잔 준비해 둘게요",
			"{{ customer.name }}님, 오랜만이에요.\n\n다시 들러 주시면 드립백 하나를 함께 드릴게요. 이번 달 말까지 기다릴게요.\n\n{{ workspace.company }} 드림"},
	},
}

var english = language{
	families: []string{"kim", "lee", "park", "choi", "jung", "kang", "cho", "yoon", "jang", "lim"},
	givens: []string{"minseo", "junho", "seoyeon", "doyun", "jiwoo", "hyunwoo", "haeun", "taehyun", "yujin", "seongmin", "sua", "jaewon", "eunji",
		"donghyun", "soyoung", "jihoon", "yerin", "seungwoo", "nayeon"},
	name:       func(family, given string) string { return capital(given) + " " + capital(family) },
	city:       "Seoul",
	districts:  []string{"Mapo", "Seongdong", "Yongsan", "Jongno", "Gangnam", "Songpa", "Seodaemun", "Eunpyeong", "Yeongdeungpo", "Gwanak"},
	goods:      []string{"Namsan blend 200 g", "Ethiopia Yirgacheffe 200 g", "Colombia decaf 200 g", "Cold brew 1 l", "Drip bags, 10", "Pour-over class"},
	categories: []string{"Beans", "Ready to drink", "Classes"},
	habits: map[string]string{"regular": "Regular", "monthly": "Monthly", "subscriber": "Subscriber", "occasional": "Now and then",
		"lapsed": "Lapsed", "new": "New"},
	segments: []named{
		{"Here often these days", "Bought three times or more in the last 90 days."},
		{"Worth winning back", "Bought twice or more, and nothing for four months."},
	},
	wording: "I would like to hear about new beans and events.",
	ideas: []Idea{
		{"Beans of the month", "{{ customer.name }}, this month's roast is here",
			"Hello {{ customer.name }},\n\nwe have roasted a new Namsan blend this month. It leaves us within three days of roasting.\n\n{{ workspace.company }}"},
		{"Long time no see", "{{ customer.name }}, a cup is waiting for you",
			"Hello {{ customer.name }},\n\nit has been a while. Drop in before the end of the month and take a drip bag home on us.\n\n{{ workspace.company }}"},
	},
}

func capital(s string) string { return string(s[0]-'a'+'A') + s[1:] }
