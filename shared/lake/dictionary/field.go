package dictionary

// source is where the fields of a subject come from, and writes them down.
type source string

func (s source) field(name string, t Type, korean, english string) Field {
	return Field{Name: name, Type: t, Meaning: Meaning{korean, english}, Unit: units[t], Source: string(s)}
}

// units are those of types that say no more by themselves.
var units = map[Type]string{Money: "the currency beside it", Date: "day, no time zone", Moment: "UTC, ms"}

func (s source) text(name, korean, english string) Field { return s.field(name, Text, korean, english) }

func (s source) moment(name, korean, english string) Field {
	return s.field(name, Moment, korean, english)
}

func (s source) money(name, korean, english string) Field {
	return s.field(name, Money, korean, english)
}

func (s source) yesNo(name, korean, english string) Field {
	return s.field(name, Bool, korean, english)
}

func (s source) list(name, korean, english string) Field { return s.field(name, List, korean, english) }

func (s source) count(name, unit, korean, english string) Field {
	f := s.field(name, Integer, korean, english)
	f.Unit = unit
	return f
}

func (s source) number(name, unit, korean, english string) Field {
	f := s.field(name, Number, korean, english)
	f.Unit = unit
	return f
}

// personal marks a field that is about a person.
func personal(f Field) Field {
	f.PII = true
	return f
}

// Fields that many subjects have.
func (s source) customerID() Field {
	return personal(s.text("customerId", "고객 ID", "Id of the customer"))
}

func (s source) campaignID() Field { return s.text("campaignId", "캠페인 ID", "Id of the campaign") }

func (s source) origin() []Field {
	return []Field{
		s.text("origin.importId", "마지막으로 쓴 가져오기. 그 뒤로 아무도 고치지 않았을 때만 있어요", "Import that wrote the record last, if nobody has changed it since"),
		s.count("origin.row", "row of the file", "그 가져오기 파일의 행", "Row of that import's file"),
		s.count("origin.version", "version", "그 가져오기가 쓴 레코드 버전", "Version of the record that the import wrote"),
	}
}
