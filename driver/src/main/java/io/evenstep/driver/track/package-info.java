/** External trackers of a run: event files for TensorBoard, and MLflow by REST. */
@NullMarked
package io.evenstep.driver.track;

import org.jspecify.annotations.NullMarked;
