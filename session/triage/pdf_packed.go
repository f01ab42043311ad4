package triage

// unpack decodes the object streams, and keeps what they hold (7.5.7).
func (p *pdfFile) unpack() error {
	total := 0
	for _, s := range p.streams {
		body, err := p.decoded(s, int64(mostPDFPacked-total))
		if err != nil {
			return err
		}
		if len(body) == 0 {
			continue
		}
		total += len(body)
		p.packed = append(p.packed, body)
		count, first := p.number(s.dict()["N"]), p.number(s.dict()["First"])
		table := &pdfParser{b: body}
		for range max(0, min(count, len(body)/2)) {
			number, ok := intOf(table)
			offset, also := intOf(table)
			if !ok || !also {
				break
			}
			if err := p.packedObject(number, first+offset, len(p.packed)); err != nil {
				return err
			}
		}
	}
	return nil
}

func intOf(p *pdfParser) (int, bool) {
	p.skip()
	word := p.bare()
	_, n, ok := digitsRight([]byte(word))
	return n, ok
}

func (p *pdfFile) packedObject(number, at, packed int) error {
	if p.count++; p.count > mostPDFObjects || p.ctx.Err() != nil {
		return errTooMuch
	}
	place := pdfPlace{number: number, packed: packed, at: int64(at)}
	o, err := p.read(place)
	if err == errTooMuch {
		return err
	}
	if err != nil {
		return nil
	}
	p.places[number] = append(p.places[number], place)
	return p.keep(o)
}
