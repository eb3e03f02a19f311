// Files incoming mail, and counts who sends how much.
package main

import (
	"fmt"
	"strings"
	"unsafe"

	yard "leakyard/kit/go"
)

const (
	mailBytes = 32 << 10
	mailsAway = 5 // between two looks into the mailbox
)

var domains = []string{"baker.example", "butcher.example", "mill.example", "dairy.example", "orchard.example"}

// What is known of a mail that was filed. Kept for the yearly report.
type entry struct {
	number int64
	domain string
}

var index []entry

// fetch gets one mail: a head of a few lines, and a body that is much longer.
func fetch(number int64) string {
	var text strings.Builder
	text.Grow(mailBytes) // ALLOC
	domain := domains[number%int64(len(domains))]
	fmt.Fprintf(&text, "Subject: delivery %d\nFrom: orders@%s\n\n", number, domain)
	for text.Len() < mailBytes {
		text.WriteByte(byte('a' + number%26))
	}
	mail := text.String()
	yard.Track(unsafe.StringData(mail))
	return mail
}

func sentBy(domain string) int64 {
	var mails int64
	for _, e := range index {
		if e.domain == domain {
			mails++
		}
	}
	return mails
}

var lastMail int64

func round() int64 {
	for range mailsAway {
		lastMail++
		file(lastMail, fetch(lastMail))
	}
	return sentBy("mill.example")
}

func main() { yard.Main(round) }
