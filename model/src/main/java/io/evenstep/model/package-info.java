/** What is trained: data as tensors, networks, and the exceptions every module shares. */
@NullMarked
package io.evenstep.model;

import org.jspecify.annotations.NullMarked;
