/*
 * Messages written by people, in protobuf's text format. protoc compiles them;
 * this puts its errors in their right place, and in words.
 */
#pragma once

#include <protobuf-c/protobuf-c.h>

#include "schema/text_place.h"

/* Reads the message of TYPE at PATH; its contents go to *TEXT, if not NULL, to be
 * freed with g_free. SCHEMA is the .proto file that has TYPE. The error begins with
 * "PATH:LINE:COLUMN: " and has EXIT_USAGE, or EXIT_INFRASTRUCTURE where protoc
 * could not do its work. Free with protobuf_c_message_free_unpacked. */
ProtobufCMessage *textproto_read(const char *path, const char *schema,
                                 const ProtobufCMessageDescriptor *type, char **text,
                                 GError **error);
