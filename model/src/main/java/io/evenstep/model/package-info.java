/** What is trained: data as tensors, networks, and the exceptions that all modules share. */
@NullMarked
package io.evenstep.model;

import org.jspecify.annotations.NullMarked;
