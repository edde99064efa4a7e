/** Other people's trackers, told how a run goes: event files for TensorBoard. */
@NullMarked
package io.evenstep.driver.track;

import org.jspecify.annotations.NullMarked;
