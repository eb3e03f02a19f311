/* Members of a plug-in's sound answer to `probe`. */
#pragma once

#define CLAIMS                                                                                     \
    "\"languages\": [\"c\", \"go\"], \"resources\": [\"heap-block\"], \"kinds\": [\"lost\"]"
#define USABLE "\"name\": \"mine\", \"version\": \"2.1\", \"usable\": true"
#define HABITS "\"looks\": [\"exit\"], \"verbs\": [\"findings\"]"
