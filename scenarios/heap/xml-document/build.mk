libraries.heap/xml-document := libxml-2.0
