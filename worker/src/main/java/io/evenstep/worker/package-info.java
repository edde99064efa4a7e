/** What an executor does: the training loop, its plan, its clock and its report. */
@NullMarked
package io.evenstep.worker;

import org.jspecify.annotations.NullMarked;
