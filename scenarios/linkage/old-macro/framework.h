/* The framework: looks after handles. */
#pragma once

#include "handle.h"

/* What is in HANDLE, which is given up. */
long framework_finish(struct handle *handle);
