/* The framework: receives what peers send. */
#pragma once

#include "buffer.h"

struct buffer *framework_receive(int letter);
